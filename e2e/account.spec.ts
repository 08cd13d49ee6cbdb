// Who has forgotten something, who is locked out, and who helps them: by mail, and without JavaScript too.
import { expect, expectTitle, logIn, test, type Language, type Words } from "./story.ts";
import type { Page } from "@playwright/test";

/** Links in the letters that the operator reads: the newest first. */
async function newestLink(operator: Page, subject: string): Promise<string> {
  await expect(async () => {
    await operator.goto("/operator/mail");
    await expect(operator.getByRole("link", { name: subject }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await operator.getByRole("link", { name: subject }).first().click();
  const text = await operator.locator(".letter").innerText();
  return /https?:\/\/\S+(\/password\/\S+)/.exec(text)![1]!;
}

async function setPassword(page: Page, say: Words, link: string, password: string) {
  await page.goto(link);
  await page.getByLabel(say("password-new-label")).fill(password);
  await page.getByLabel(say("password-repeat-label")).fill(password);
  await page.getByRole("button", { name: say("password-submit") }).click();
  await expectTitle(page, say("login-title"));
}

for (const language of ["de", "en"] satisfies Language[]) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${language}, JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
      test.use({ language, javaScriptEnabled });

      test("A1: a forgotten password is set anew, and its link works once", async ({ page, as, server, say }) => {
        const name = server.logins["site-admin"].name;
        await page.goto("/login");
        await page.getByRole("link", { name: say("login-forgot-password") }).click();
        await page.getByLabel(say("login-name-label")).fill(name);
        await page.getByRole("button", { name: say("forgotten-password-submit") }).click();
        await expectTitle(page, say("forgotten-sent-title"));
        const link = await newestLink(await as("operator"), say("mail-reset-subject"));
        const password = `Klinke-${language}-${javaScriptEnabled ? "mit" : "ohne"}-7`;
        await setPassword(page, say, link, password);
        await logIn(page, say, { name, password });
        expect((await page.goto(link))?.status(), "used").toBe(410);
        await expectTitle(page, say("password-gone-title"));
        await expect(page.getByRole("link", { name: say("password-gone-new") })).toBeVisible();
      });
    });
  }
}

test("A2 A3: a locked account is reset by its administrator", async ({ page, as, say }) => {
  const admin = await as("enterprise-admin");
  await admin.goto("/users?q=Kaya");
  await admin.getByRole("rowheader").getByRole("link").first().click();
  const home = admin.url();
  const username = await admin.getByText(/^\w+\.kaya$/).first().innerText();
  await page.goto("/login");
  for (let n = 0; n < 5; n += 1) {
    await page.getByLabel(say("login-name-label")).fill(`${username}@muster`);
    await page.getByLabel(say("login-password-label")).fill("not-the-password");
    await page.getByRole("button", { name: say("login-submit") }).click();
    await expect(page.getByRole("alert")).toContainText(say("login-refused"));
  }
  await admin.goto(home);
  await expect(admin.getByText(say("user-access-locked-title"))).toBeVisible();
  await admin.getByRole("link", { name: say("user-access-reset") }).click();
  await expect(admin.getByText(say("account-reset-first-title"))).toBeVisible();
  await admin.getByRole("button", { name: say("account-reset-submit") }).click();
  await expect(admin.getByText(say("user-access-was-reset"))).toBeVisible();
  await expect(admin.getByText(say("user-access-locked-title"))).toHaveCount(0);
});
