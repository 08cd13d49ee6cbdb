// Adding a user question by question, and changing one: with and without JavaScript, in both languages.
import { expect, expectTitle, overflow, test, type Language } from "./story.ts";
import { activate, beginToAdd, field, loginDetails, wrong } from "./user_form.ts";

const readers: { language: Language; javaScriptEnabled: boolean }[] = [
  { language: "de", javaScriptEnabled: true },
  { language: "en", javaScriptEnabled: false },
];

for (const { language, javaScriptEnabled } of readers) {
  test.describe(`${language}${javaScriptEnabled ? "" : ", without JavaScript"}`, () => {
    test.use({ language, javaScriptEnabled, colorScheme: javaScriptEnabled ? "light" : "dark", viewport: { width: 320, height: 640 } });

    test("H1 U2 U4 U7 C1 C2 S5: six questions, the login details, then another phone", async ({ as, say }) => {
      const admin = await as("enterprise-admin");
      const go = () => admin.getByRole("button", { name: say("user-step-continue"), exact: true }).click();
      await admin.goto("/users");
      await admin.getByRole("link", { name: say("user-list-add") }).click();
      await admin.getByRole("link", { name: "Düsseldorf" }).click();
      await expectTitle(admin, say("user-step-person"));
      await expect(admin.getByText(say("user-step-progress", { step: 1, all: 6 }))).toBeVisible();
      await field(admin, say, "first-name").fill("Frieda");
      await field(admin, say, "last-name").fill("Frage");
      await field(admin, say, "username").fill(`frieda ${language}`);
      await field(admin, say, "email").fill("frieda@example.com");
      await go();
      await wrong(admin, say, "username");
      await field(admin, say, "username").fill(`frieda.${language}`);
      await go();

      await expectTitle(admin, say("user-step-package"));
      await admin.getByRole("radio", { name: say("package-standard") }).check();
      await go();

      await expectTitle(admin, say("user-step-number"));
      expect(await overflow(admin), "at 320 pixels").toBeLessThanOrEqual(0);
      await admin.getByRole("radio").first().check();
      const number = (await admin.locator(".choice-label").first().innerText()).trim();
      await admin.getByRole("button", { name: say("user-step-back"), exact: true }).click();
      await expect(admin.getByRole("radio", { name: say("package-standard") })).toBeChecked();
      await go();
      await expect(admin.getByRole("radio").first(), "Back keeps everything").toBeChecked();
      await go();

      await expectTitle(admin, say("user-step-extension"));
      await expect(field(admin, say, "extension")).toHaveValue(/^\d{4}$/);
      await go();
      await field(admin, say, "phone").selectOption({ label: "Yealink T54W" });
      await go();
      await go();

      await expectTitle(admin, say("user-step-check"));
      await expect(admin.locator("main")).toContainText(number);
      await admin.getByRole("link", { name: new RegExp(say("user-form-person")) }).click();
      await field(admin, say, "first-name").fill("Friederike");
      await admin.getByRole("button", { name: say("user-step-back-to-check") }).click();
      await admin.getByRole("button", { name: say("user-form-submit-add") }).click();
      await expectTitle(admin, say("login-details-title"));
      const first = await loginDetails(admin);
      await admin.getByRole("link", { name: say("login-details-continue") }).click();

      const name = "Friederike Frage";
      await expectTitle(admin, name);
      await admin.getByRole("link", { name: say("user-edit"), exact: true }).click();
      await expectTitle(admin, say("user-form-title-edit", { name }));
      await expect(admin.getByText(say("user-locked", { name }))).toBeVisible();
      await expect(field(admin, say, "phone")).toHaveCount(0);
      await activate(await as("operator"), say, name);
      await admin.reload();
      await field(admin, say, "phone").selectOption({ label: "Snom D785" });
      await admin.getByRole("button", { name: say("user-form-submit-edit") }).click();
      await expectTitle(admin, say("login-details-title"));
      const second = await loginDetails(admin);
      expect(second.login).toBe(first.login);
      expect(second.password).not.toBe(first.password);
    });
  });
}

test("the answers are there again after logging in anew", async ({ as, say, server }) => {
  const admin = await as("site-admin");
  await beginToAdd(admin, say, "Düsseldorf");
  await field(admin, say, "first-name").fill("Vera");
  await field(admin, say, "last-name").fill("Vergessen");
  await field(admin, say, "username").fill("vera");
  await field(admin, say, "email").fill("vera@example.com");
  await admin.getByRole("button", { name: say("user-step-continue"), exact: true }).click();
  await expectTitle(admin, say("user-step-package"));
  const address = admin.url();
  await admin.context().clearCookies({ name: "__Host-klinke" });
  await admin.getByRole("button", { name: say("user-step-continue"), exact: true }).click();
  await expectTitle(admin, say("login-title"));
  await admin.getByLabel(say("login-name-label")).fill(server.logins["site-admin"].name);
  await admin.getByLabel(say("login-password-label")).fill(server.logins["site-admin"].password);
  await admin.getByRole("button", { name: say("login-submit") }).click();
  await admin.goto(address.replace(/package$/, "person"));
  await expect(field(admin, say, "first-name")).toHaveValue("Vera");
  await admin.getByRole("button", { name: say("user-step-discard") }).click();
  await expect(field(admin, say, "first-name")).toHaveValue("");
});
