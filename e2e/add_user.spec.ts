// The main story: a person comes, gets a phone, is activated, loses the login details, and leaves.
import type { Page } from "@playwright/test";
import { expect, expectTitle, test, type Language, type Words } from "./story.ts";
import { activate, field, fillIn, loginDetails, openForm, send, wrong } from "./user_form.ts";

const readers: { language: Language; javaScriptEnabled: boolean }[] = [
  { language: "de", javaScriptEnabled: true },
  { language: "de", javaScriptEnabled: false },
  { language: "en", javaScriptEnabled: true },
  { language: "en", javaScriptEnabled: false },
];

for (const { language, javaScriptEnabled } of readers) {
  const reader = `${language}${javaScriptEnabled ? "" : ", without JavaScript"}`;
  const person = {
    firstName: "Jürgen Björn 😀 Ångström", // 23 characters, 28 bytes
    lastName: javaScriptEnabled ? "Weiß-Groß" : "Süß",
    username: `juergen.${language}${javaScriptEnabled ? "" : ".plain"}`,
    phone: "Snom D785",
  };
  const name = `${person.firstName} ${person.lastName}`;

  test.describe(reader, () => {
    test.use({
      language,
      javaScriptEnabled,
      colorScheme: javaScriptEnabled ? "light" : "dark",
      viewport: javaScriptEnabled ? { width: 1280, height: 900 } : { width: 320, height: 640 },
    });

    test("H1 S1 S3 S5 U7 L1 D2 D4 D5: a user is added, shown once, activated and deleted", async ({ as, say }) => {
      const admin = await as("enterprise-admin");
      await openForm(admin, say, "Düsseldorf");
      const number = await fillIn(admin, say, person);
      const first = await shownOnce(admin, say, name);
      await refusesUntilActive(admin, say, name);
      const operator = await as("operator");
      await admin.evaluate(() => document.documentElement.setAttribute("data-same-page", "yes"));
      await activate(operator, say, name);
      await becomesActive(admin, say, name, javaScriptEnabled);
      await isNowhere(admin, first.password);
      const second = await renewed(admin, say, name, javaScriptEnabled);
      expect(second.login, "the login name stays the number").toBe(first.login);
      expect(second.password).not.toBe(first.password);
      await isNowhere(admin, second.password);
      await deleted(admin, say, name, number);
      await openForm(admin, say, "Düsseldorf");
      await expect(field(admin, say, "number").locator("option", { hasText: number }), "D2").toHaveCount(1);
    });

    test("U3 U4 U6: what is wrong is said beside the field, and nothing typed is lost", async ({ as, say }) => {
      const admin = await as("enterprise-admin");
      await openForm(admin, say, "Düsseldorf");
      await fillIn(admin, say, { ...person, firstName: `${person.firstName}s`, username: "jürgen+1" });
      await field(admin, say, "extension").fill("1000");
      await field(admin, say, "mobile-number").fill("0151 12345678");
      await send(admin, say);
      const summary = admin.getByRole("alert");
      await expect(summary).toBeFocused();
      await expect(admin).toHaveTitle(new RegExp(`^${say("error-prefix")}`));
      await wrong(admin, say, "first-name");
      await wrong(admin, say, "username");
      await wrong(admin, say, "contract-number");
      const tooLong = say("problem-too-long", { field: say("field-first-name"), max: 23 });
      await expect(admin.locator("#first_name-error")).toContainText(tooLong);
      await summary.getByRole("link", { name: tooLong }).click();
      if (javaScriptEnabled) await expect(field(admin, say, "first-name")).toBeFocused();
      await expect(admin.locator("#username-error"))
        .toContainText(say("problem-forbidden-character", { field: say("field-username"), character: "+" }));
      await expect(field(admin, say, "last-name")).toHaveValue(person.lastName);

      await field(admin, say, "first-name").fill("Ötzi");
      await field(admin, say, "username").fill(person.username);
      await field(admin, say, "mobile-number").fill("");
      await send(admin, say);
      await wrong(admin, say, "extension");
      const said = await admin.locator("#extension-error").innerText();
      const free = /(\d{4})\D*$/.exec(said)?.[1] ?? "";
      expect(said).toContain(say("problem-extension-taken-by-free", { by: "Anna Weber", free }));
      const suggestion = admin.getByRole("button", { name: say("user-form-extension-free", { extension: free }) });
      if (javaScriptEnabled) {
        await suggestion.click();
        await expect(field(admin, say, "extension")).toHaveValue(free);
      } else {
        await expect(suggestion).toBeHidden();
      }
    });
  });
}

/** Sends the form, notes the details, and sees that they come neither by reloading nor by going back (U7). */
async function shownOnce(admin: Page, say: Words, name: string) {
  const answer = admin.waitForResponse((response) => response.request().method() === "POST");
  await send(admin, say);
  const response = await answer;
  expect(response.status()).toBe(200);
  expect(response.headers()["cache-control"], "U7").toBe("no-store");
  await expectTitle(admin, say("login-details-title"));
  await expect(admin.getByText(say("login-details-added", { name }))).toBeVisible();
  const details = await loginDetails(admin);
  expect(details.login).toMatch(/^\d{8,}$/);
  expect(details.password).toMatch(/^[a-z0-9]{10,}$/);
  await standsInNoAttribute(admin, details.password);
  await admin.reload();
  await isGone(admin, say, name, details.password);
  await admin.getByRole("link", { name: say("login-details-gone-back", { name }) }).click();
  await expectTitle(admin, name);
  await admin.goBack().catch(() => undefined);
  await expect(admin, "Chromium asks before it sends a form again…").toHaveURL(/^chrome-error:/);
  await admin.reload(); // …and this is the yes.
  await isGone(admin, say, name, details.password);
  await admin.getByRole("link", { name: say("login-details-gone-back", { name }) }).click();
  return details;
}

async function standsInNoAttribute(page: Page, password: string) {
  expect(page.url()).not.toContain(password);
  const attributes = await page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes].map((one) => one.value)));
  const parts = password.match(/.{4}/g) ?? [];
  expect(attributes.filter((value) => parts.some((part) => value.includes(part))), "U7").toEqual([]);
}

async function isGone(page: Page, say: Words, name: string, password: string) {
  await expectTitle(page, say("login-details-gone-title"));
  await expect(page.getByRole("link", { name: say("login-details-gone-make") })).toBeVisible();
  expect(await page.locator("body").innerText()).not.toContain(password);
  await expect(page.getByText(name).first()).toBeVisible();
}

/** Pending: the page says what cannot be done and why, and offers neither deleting nor new details (S1, S5). */
async function refusesUntilActive(page: Page, say: Words, name: string) {
  await expectTitle(page, name);
  await expect(page.locator(".head .badge")).toHaveText(say("state-pending"));
  await expect(page.getByText(say("user-locked", { name }))).toBeVisible();
  await expect(page.getByRole("link", { name: say("user-delete") })).toHaveCount(0);
  await expect(page.getByRole("link", { name: say("user-phone-new-login") })).toHaveCount(0);
}

/** With JavaScript the open page changes by itself; without, the next look at it tells (S3). */
async function becomesActive(page: Page, say: Words, name: string, live: boolean) {
  if (live) {
    await expect(page.locator(".head .badge")).toHaveText(say("state-activated"));
    await expect(page.locator("html")).toHaveAttribute("data-same-page", "yes");
    await expect(page.getByText(say("user-locked", { name }))).toBeHidden();
    await page.getByRole("link", { name: say("user-now-active-show") }).click();
  } else {
    await page.reload();
  }
  await expect(page.locator(".head .badge")).toHaveText(say("state-activated"));
  await expect(page.getByRole("link", { name: say("user-delete") })).toBeVisible();
}

/** The password stands neither on the user's page nor in the list nor in the activity log. */
async function isNowhere(page: Page, password: string) {
  const user = page.url();
  for (const address of ["/users", "/activity", user]) {
    await page.goto(address);
    expect(await page.content(), address).not.toContain(password);
    expect(await page.locator("body").innerText(), address).not.toContain(password);
  }
}

async function renewed(page: Page, say: Words, name: string, live: boolean) {
  const user = page.url();
  await page.getByRole("link", { name: say("user-phone-new-login") }).click();
  const question = live ? page.getByRole("dialog") : page.getByRole("alertdialog");
  await expect(question.getByRole("heading", { name: say("login-details-new-title", { name }) })).toBeVisible();
  await expect(question.getByText(say("login-details-new-old"))).toBeVisible();
  await expect(question.getByText(say("action-cancel")), "the safe answer has the focus").toBeFocused();
  await question.getByRole("button", { name: say("login-details-new-submit") }).click();
  await expect(page.getByText(say("login-details-made", { name }))).toBeVisible();
  const details = await loginDetails(page);
  await standsInNoAttribute(page, details.password);
  await page.reload();
  await isGone(page, say, name, details.password);
  await page.goto(user);
  return details;
}

async function deleted(page: Page, say: Words, name: string, number: string) {
  await page.getByRole("link", { name: say("user-delete") }).click();
  await expectTitle(page, say("user-delete-title", { name }));
  const question = page.getByRole("alertdialog");
  await expect(question.getByText(say("user-delete-number", { number })), "D4").toBeVisible();
  const licence = say("user-delete-licence", { package: say("package-standard") });
  await expect(question.getByText(licence), "D4").toBeVisible();
  await expect(question.getByText(say("user-delete-final")), "D5").toBeVisible();
  await expect(question.getByRole("link", { name: say("user-delete-keep") })).toBeFocused();
  await question.getByRole("button", { name: say("user-delete-submit", { name }) }).click();
  await expectTitle(page, say("user-list-title-site", { site: "Düsseldorf" }));
  await expect(page.getByRole("rowheader", { name })).toHaveCount(0);
}
