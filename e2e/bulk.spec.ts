// New login details for many users: selected, told what will happen, done, fetched once.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, expectTitle, overflow, test, type Language, type Words } from "./story.ts";

const boxes = (page: Page) => page.locator('input[name="user"]');

/** From the list to the page that says what will happen. */
async function select(page: Page, say: Words, which: "two" | "all") {
  await page.goto("/users?state=activated");
  if (which === "two") {
    await boxes(page).nth(0).check();
    await boxes(page).nth(1).check();
  } else {
    await page.locator('input[name="all"]').check();
  }
  await page.getByRole("button", { name: say("user-list-renew") }).click();
  await expectTitle(page, say("renewal-title"));
}

/** Begins it, and waits until it is over. */
async function begin(page: Page, say: Words) {
  await page.locator('form[action="/jobs"] button').click();
  await expectTitle(page, say("job-title"));
  await expect(page.getByRole("link", { name: say("job-fetch") })).toBeVisible();
}

/** Fetches the file and gives its name and text. */
async function fetch(page: Page, say: Words, password: string) {
  await page.getByRole("radio", { name: say("job-result-format-csv"), exact: false }).last().check();
  await page.getByLabel(say("job-result-password-label")).fill(password);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: say("job-result-submit") }).click();
  const file = await saving;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}

for (const language of ["de", "en"] satisfies Language[]) {
  test.describe(language, () => {
    test.use({ language });

    for (const javaScriptEnabled of [true, false]) {
      test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
        test.use({
          javaScriptEnabled,
          colorScheme: javaScriptEnabled ? "light" : "dark",
          viewport: javaScriptEnabled ? { width: 1280, height: 900 } : { width: 320, height: 640 },
        });

        test("L2 L3: two users get new login details, fetched once behind the own password", async ({ as, say, server }) => {
          const admin = await as("enterprise-admin");
          await select(admin, say, "two");
          await expect(admin.getByText(say("renewal-part", { count: 2 }))).toBeVisible();
          await begin(admin, say);
          await expect(admin.locator(".progress")).toContainText(say("job-count", { done: 2, total: 2, failed: 0 }));
          const job = admin.url();
          await admin.getByRole("link", { name: say("job-fetch") }).click();
          await expectTitle(admin, say("job-result-title"));
          await admin.getByLabel(say("job-result-password-label")).fill("falsch");
          await admin.getByRole("button", { name: say("job-result-submit") }).click();
          await expect(admin.getByRole("alert")).toContainText(say("problem-wrong-password"));
          const { name, text } = await fetch(admin, say, server.logins["enterprise-admin"].password);
          expect(name).toBe(`${say("export-file")}.csv`);
          const lines = text.split("\r\n").filter((line) => line !== "");
          const delimiter = language === "de" ? ";" : ",";
          expect(lines[0]).toContain(`\uFEFF${say("export-name")}${delimiter}${say("export-site")}${delimiter}`);
          expect(lines).toHaveLength(3);
          await admin.goto(`${job}/result`);
          await expectTitle(admin, say("job-result-gone-title"));
          await admin.getByRole("link", { name: say("job-result-gone-new") }).click();
          await expect(admin).toHaveURL(/\/users$/);
        });
      });
    }

    test("L2: the count of the selection follows, and all that match are selected by what they match", async ({ as, say }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/users?state=activated");
      const count = admin.locator(".selection-count");
      await boxes(admin).nth(0).check();
      await boxes(admin).nth(1).check();
      await expect(count).toHaveText("2");
      await boxes(admin).nth(0).uncheck();
      await expect(count).toHaveText("1");
      await admin.locator('input[name="all"]').check();
      await expect(count).toHaveText(await count.getAttribute("data-total") ?? "");
      await expect(boxes(admin).nth(0)).toBeDisabled();
      await select(admin, say, "all");
      await expect(admin.locator('input[name="user"]')).toHaveCount(0);
      await begin(admin, say);
    });

    test("H1: axe finds nothing, and nothing is wider than 320 pixels", async ({ as, say }) => {
      const admin = await as("enterprise-admin");
      const look = async (what: string) => {
        await admin.setViewportSize({ width: 320, height: 640 });
        expect(await overflow(admin), what).toBe(0);
        await admin.setViewportSize({ width: 1280, height: 900 });
        const found = await new AxeBuilder({ page: admin }).analyze();
        expect(found.violations.map((violation) => `${what}: ${violation.id} ${violation.nodes[0]?.html}`)).toEqual([]);
        if (process.env.KLINKE_PICTURES) await admin.screenshot({ path: `${process.env.KLINKE_PICTURES}/${what}-${language}.png`, fullPage: true });
      };
      await admin.goto("/users");
      await look("list");
      await admin.locator('input[name="all"]').check();
      await admin.getByRole("button", { name: say("user-list-renew") }).click();
      await expectTitle(admin, say("renewal-title"));
      await look("question");
      await admin.getByRole("radio", { name: say("renewal-kind-chosen") }).check();
      await admin.getByLabel(say("renewal-password-label"), { exact: true }).fill("12345678");
      await admin.locator('form[action="/jobs"] button').click();
      await expect(admin.getByRole("alert")).toContainText(say("problem-looks-like-number"));
      await look("question-wrong");
      await admin.getByRole("radio", { name: say("renewal-kind-generated") }).check();
      await begin(admin, say);
      await look("job");
      await admin.getByRole("link", { name: say("job-fetch") }).click();
      await expectTitle(admin, say("job-result-title"));
      await look("result");
    });
  });
}

test("L2: with the keyboard alone", async ({ as, say }) => {
  const admin = await as("enterprise-admin");
  const tabTo = async (found: string) => {
    for (let step = 0; step < 200; step += 1) {
      await admin.keyboard.press("Tab");
      const at = await admin.evaluate((found) => {
        const focused = document.activeElement as HTMLElement;
        const box = focused.getBoundingClientRect();
        const bar = document.querySelector(".selection")?.getBoundingClientRect();
        const inside = focused.closest(".selection") !== null;
        return { is: focused.matches(found), covered: !inside && bar !== undefined && box.bottom > bar.top && box.top < bar.bottom };
      }, found);
      expect(at.covered, "the bar covers what has the focus").toBe(false);
      if (at.is) return;
    }
    throw new Error(`${found} is never reached`);
  };
  await admin.goto("/users?state=activated");
  await tabTo('input[name="user"]');
  await admin.keyboard.press("Space");
  await tabTo(".selection button");
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("renewal-title"));
  await tabTo('input[name="kind"]');
  await tabTo('form[action="/jobs"] button');
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("job-title"));
  await expect(admin.getByRole("link", { name: say("job-fetch") })).toBeVisible();
  await tabTo('a[href$="/result"]');
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("job-result-title"));
});
