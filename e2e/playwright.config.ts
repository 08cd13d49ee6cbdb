// How the browser stories run: Debian's Chromium, no retries, results also as JSON for `cargo xtask test`.
import { defineConfig, devices } from "@playwright/test";

const results = process.env.KLINKE_E2E_RESULTS ?? "test-results/results.json";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: results }]],
  use: {
    ...devices["Desktop Chrome"],
    contextOptions: { reducedMotion: "reduce" },
    // Recording costs as much as playing; a failure is looked at again with KLINKE_E2E_TRACE=1.
    trace: process.env.KLINKE_E2E_TRACE ? "retain-on-failure" : "off",
    launchOptions: { executablePath: process.env.KLINKE_CHROMIUM ?? "/usr/bin/chromium" },
  },
});
