// The operator sets an enterprise up, and its administrator takes over; the operator answers what waits.
import { expect, expectTitle, logIn, readers, test } from "./story.ts";
import { field, fillIn, loginDetails, openForm, send } from "./user_form.ts";
import { makeEnterprise } from "./enterprise.ts";

for (const { name: reader, use } of readers) {
  test.describe(reader, () => {
    test.use(use);

    test("R1 H1 U1: from an enterprise without anything to its first user", async ({ as, say, browser, server, look }) => {
      const { language } = use;
      const operator = await as("operator");
      const name = `Nordlicht ${language} GmbH`;
      const { link, login } = await makeEnterprise(operator, say, { name, domain: `nordlicht-${language}`, first: language === "de" ? "+4940000010" : "+4940000020" });
      await operator.getByRole("link", { name: say("login-details-continue") }).click();
      await expect(operator.getByRole("rowheader", { name: "office" })).toBeVisible();
      await look(operator);
      expect(await operator.locator("main").innerText(), "the link is shown once").not.toContain("/password/");

      const context = await browser.newContext({ baseURL: server.address, locale: language });
      const admin = await context.newPage();
      await admin.goto(link);
      await admin.getByLabel(say("password-new-label"), { exact: true }).fill("short");
      await admin.getByLabel(say("password-repeat-label")).fill("short");
      await admin.getByRole("button", { name: say("password-submit") }).click();
      await expect(admin.getByRole("alert")).toBeVisible();
      await admin.getByLabel(say("password-new-label"), { exact: true }).fill("Leuchtturm-7");
      await admin.getByLabel(say("password-repeat-label")).fill("Leuchtturm-7");
      await admin.getByRole("button", { name: say("password-submit") }).click();
      await logIn(admin, say, { name: login, password: "Leuchtturm-7" });
      await expectTitle(admin, say("home-greeting", { name: "office" }));
      expect((await admin.goto(link))?.status(), "the link works once").toBe(410);

      await admin.goto("/users");
      await expect(admin.getByRole("heading", { name: say("user-list-empty-title") })).toBeVisible();
      await openForm(admin, say, "Hamburg");
      const person = { firstName: "Hauke", lastName: "Haien", username: "hauke.haien", phone: "Snom D785" };
      await fillIn(admin, say, person);
      await send(admin, say);
      await expectTitle(admin, say("login-details-title"));
      expect((await loginDetails(admin)).login).toMatch(/^4940/);
      await admin.getByRole("link", { name: say("login-details-continue") }).click();
      await expectTitle(admin, "Hauke Haien");
      await context.close();

      await operator.goto("/operator/activations");
      await expect(operator.getByRole("row").filter({ hasText: name })).toContainText("Hauke Haien");
    });
  });
}

test("S4 S5: a failure has a reason and somebody to ask; the operator tries again or cancels, which frees the number", async ({ as, say }) => {
  const [admin, operator] = [await as("site-admin"), await as("operator")];
  await openForm(admin, say, "Düsseldorf");
  const number = await fillIn(admin, say, { firstName: "Fee", lastName: "Schlag", username: "fee.schlag" });
  await send(admin, say);
  await expectTitle(admin, "Fee Schlag");

  const row = operator.getByRole("row").filter({ hasText: "Fee Schlag" });
  await operator.goto("/operator/activations");
  await row.getByText(say("activation-fail"), { exact: true }).click();
  await row.getByLabel(say("activation-fail-reason-label")).fill("The number is still being ported.");
  await row.getByRole("button", { name: say("activation-fail-submit") }).click();
  await expect(row).toContainText(say("state-failed"));

  await expect(admin.locator(".head .badge")).toHaveText(say("state-failed"));
  await admin.reload();
  await expect(admin.getByText(say("user-state-failed-reason", { reason: "The number is still being ported." }))).toBeVisible();
  await expect(admin.getByText(say("user-state-failed-whom", { contact: say("user-contact") }))).toBeVisible();
  await expect(admin.getByRole("link", { name: say("user-delete") })).toHaveCount(0);
  expect((await admin.goto(`${admin.url()}/delete`))?.status(), "S5").toBe(409);

  await row.getByRole("button", { name: say("activation-retry-user", { name: "Fee Schlag" }) }).click();
  await expect(row).toContainText(say("state-pending"));
  await row.getByRole("link", { name: say("activation-cancel-user-label", { name: "Fee Schlag" }) }).click();
  await operator.getByRole("button", { name: say("activation-cancel-submit", { name: "Fee Schlag" }) }).click();
  await expect(row).toHaveCount(0);

  await openForm(admin, say, "Düsseldorf");
  await expect(field(admin, say, "number").locator("option", { hasText: number }), "the number is free").toHaveCount(1);
});
