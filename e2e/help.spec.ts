// Help: from the task to its page, an answer to "Did you find this useful?", the country, and what the operator sees.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, expectTitle, overflow, test, type Language } from "./story.ts";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const tasks = [
  "log-in", "add-user", "phone-login", "user-states", "change-user", "delete-user", "new-login-details",
  "many-login-details", "account-access", "call-services", "reachability", "user-view", "departments", "administrators",
  "numbers-licences", "activity", "calls", "own-call-services", "own-account", "operator-enterprises",
  "operator-activation", "operator-mail", "operator-trunk", "requirements",
];

const readers: { language: Language; javaScriptEnabled: boolean }[] = [
  { language: "de", javaScriptEnabled: true },
  { language: "en", javaScriptEnabled: false },
];

for (const { language, javaScriptEnabled } of readers) {
  test.describe(`${language}${javaScriptEnabled ? "" : ", without JavaScript"}`, () => {
    test.use({ language, javaScriptEnabled, colorScheme: javaScriptEnabled ? "light" : "dark", viewport: { width: 320, height: 640 } });

    test("H1 H2: help before login, with the country's numbers, is found and answered", async ({ page, as, say }) => {
      await page.goto("/login");
      const opened = page.waitForEvent("popup");
      await page.getByRole("link", { name: say("help-title") }).first().click();
      const help = await opened;
      expect(new URL(help.url()).pathname).toBe("/help/log-in");
      await help.getByRole("link", { name: say("help-all") }).click();
      await help.getByLabel(say("help-search-label")).fill("Yealink");
      await help.getByRole("button", { name: say("help-search-submit") }).click();
      await help.getByRole("main").getByRole("listitem").first().getByRole("link").click();
      await expect(help.getByText("Yealink T54W, T46U")).toBeVisible();
      await help.getByRole("button", { name: say("country-gb") }).click();
      await expect(help.getByText("442079460123")).toBeVisible();
      await help.getByRole("button", { name: say("country-de") }).click();
      await expect(help.getByText("492111234567")).toBeVisible();

      await help.getByLabel(say("help-comment-label")).fill(`Story in ${language}`);
      await help.getByRole("button", { name: say("answer-no"), exact: true }).click();
      await expect(help.getByText(say("help-thanks"))).toBeVisible();
      await help.goto("/help/phone-login");
      await expect(help.getByText(say("help-thanks")), "asked once").toBeVisible();

      const operator = await as("operator");
      await operator.goto("/help");
      await operator.getByRole("link", { name: say("help-answers-title") }).click();
      await expectTitle(operator, say("help-answers-title"));
      await expect(operator.getByText(`Story in ${language}`)).toBeVisible();
      expect(await overflow(operator), "at 320 pixels").toBeLessThanOrEqual(0);
    });

    test("H2: the task's page leads to its help", async ({ as, say }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/users/new");
      await admin.getByRole("link", { name: "Düsseldorf" }).click();
      const opened = admin.waitForEvent("popup");
      await admin.getByRole("link", { name: say("help-title") }).first().click();
      const help = await opened;
      expect(new URL(help.url()).pathname).toBe("/help/add-user");
      await expect(help.getByRole("button", { name: say("country-gb") }), "the enterprise has a country").toHaveCount(0);
    });
  });

  test.describe(`${language}, every page`, () => {
    test.use({ language });
    test.describe.configure({ timeout: 180_000 });

    test("H2 H3: axe finds nothing, and nothing is wider than 320 pixels", async ({ page }) => {
      for (const address of ["/help", "/help?q=zzz", ...tasks.map((task) => `/help/${task}`)]) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(address);
        const looked = await new AxeBuilder({ page }).withTags(standards).analyze();
        expect(looked.violations.map((found) => `${address} ${found.id}: ${found.nodes[0]?.html}`)).toEqual([]);
        await page.setViewportSize({ width: 320, height: 640 });
        await expect.poll(() => overflow(page), { message: address }).toBeLessThanOrEqual(0);
      }
      await page.emulateMedia({ colorScheme: "dark" });
      const looked = await new AxeBuilder({ page }).withTags(standards).analyze();
      expect(looked.violations).toEqual([]);
    });
  });
}
