// Who has forgotten something, who is locked out, and who helps them: by mail, and without JavaScript too.
import { expect, expectTitle, logIn, readers, test, type Words } from "./story.ts";
import type { Page } from "@playwright/test";
import { words } from "./words.ts";

/** The link in the letter of this subject that the operator finds; letters are in their reader's language. */
async function linkFor(operator: Page, email: string, subject: string): Promise<string> {
  const subjects = [words("de")(subject), words("en")(subject)];
  const letter = operator.getByRole("row").filter({ hasText: email }).getByRole("link", { name: new RegExp(subjects.join("|")) });
  await expect(async () => {
    await operator.goto("/operator/mail");
    await expect(letter.first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await letter.first().click();
  const text = await operator.locator(".letter").innerText();
  return /https?:\/\/\S+(\/password\/\S+)/.exec(text)![1]!;
}

async function setPassword(page: Page, say: Words, link: string, password: string) {
  await page.goto(link);
  await page.getByLabel(say("password-new-label"), { exact: true }).fill(password);
  await page.getByLabel(say("password-repeat-label"), { exact: true }).fill(password);
  await page.getByRole("button", { name: say("password-submit") }).click();
  await expectTitle(page, say("login-title"));
}

/** Each story forgets the password of somebody else, and locks somebody else out. */
const people = { de: ["paul.zimmermann", "Kaya"], en: ["olivia.bennett", "Krüger"] } as const;

for (const { name: reader, use } of readers) {
  test.describe(reader, () => {
    test.use(use);

    test("A1: a forgotten password is set anew, and its link works once", async ({ page, as, say, look }) => {
      const [username] = people[use.language];
      const name = `${username}@muster`;
      await page.goto("/login");
      await page.getByRole("link", { name: say("login-forgot-password") }).click();
      await look(page);
      await page.getByLabel(say("login-name-label")).fill(name);
      await page.getByRole("button", { name: say("forgotten-password-submit") }).click();
      await expectTitle(page, say("forgotten-sent-title"));
      await look(page);
      const link = await linkFor(await as("operator"), `${username}@muster.example`, "mail-reset-subject");
      const password = `Klinke-${use.language}-neu-7`;
      await setPassword(page, say, link, password);
      await logIn(page, say, { name, password });
      for (const address of ["/account", "/account/password"]) {
        await page.goto(address);
        await look(page);
      }
      expect((await page.goto(link))?.status(), "used").toBe(410);
      await expectTitle(page, say("password-gone-title"));
      await look(page);
      await expect(page.getByRole("link", { name: say("password-gone-new") })).toBeVisible();
    });

    test("A2 A3: a locked account is reset by its administrator", async ({ page, as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto(`/users?q=${people[use.language][1]}`);
      await admin.getByRole("rowheader").getByRole("link").first().click();
      const home = admin.url();
      const username = await admin.getByText(/^\w+\.(kaya|kruger)$/).first().innerText();
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
      await look(admin);
      await admin.getByRole("button", { name: say("account-reset-submit") }).click();
      await expect(admin.getByText(say("user-access-was-reset"))).toBeVisible();
      await expect(admin.getByText(say("user-access-locked-title"))).toHaveCount(0);
    });
  });
}
