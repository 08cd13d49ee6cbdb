// Who comes in, in which language, and what they see of the rest.
import { expect, expectTitle, logIn, overflow, test, type Language } from "./story.ts";
import { words } from "./words.ts";

for (const language of ["de", "en"] satisfies Language[]) {
  test.describe(language, () => {
    test.use({ language });

    test("H1: before login the browser's language counts, then the account's; logging in and out", async ({ page, server, say }) => {
      await page.goto("/login");
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await logIn(page, say, server.logins.operator);
      await page.locator("[data-menu] summary").click();
      const ownLanguage = words("en"); // of the operator's account
      await page.getByRole("button", { name: ownLanguage("account-log-out") }).click();
      await expectTitle(page, say("login-title"));
      await page.goto("/operator/enterprises");
      await expect(page, "nobody is logged in any more").toHaveURL(/\/login\?return=/);
    });

    test("A1: a wrong password and an unknown name get the same answer", async ({ page, server, say }) => {
      await page.goto("/login");
      for (const name of [server.logins.user.name, "nobody@muster"]) {
        await page.getByLabel(say("login-name-label")).fill(name);
        await page.getByLabel(say("login-password-label")).fill("not-the-password");
        await page.getByRole("button", { name: say("login-submit") }).click();
        await expect(page.getByRole("alert")).toContainText(say("login-refused"));
        await expect(page.getByLabel(say("login-name-label"))).toHaveValue(name);
        await expect(page.getByLabel(say("login-password-label"))).toHaveValue("");
      }
    });
  });
}

test("H1: the language switch keeps the page, before and after login", async ({ page, server }) => {
  const [german, english] = [words("de"), words("en")];
  await page.goto("/login?return=%2Fusers%3Fq%3DWeber");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page).toHaveURL("/login?return=%2Fusers%3Fq%3DWeber");
  await expectTitle(page, german("login-title"));
  const login = server.logins["enterprise-admin"];
  await page.getByLabel(german("login-name-label")).fill(login.name);
  await page.getByLabel(german("login-password-label")).fill(login.password);
  await page.getByRole("button", { name: german("login-submit") }).click();
  await expect(page).toHaveURL("/users?q=Weber");
  await expectTitle(page, german("user-list-title"));
  await page.getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL("/users?q=Weber");
  await expectTitle(page, english("user-list-title"));
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("R1 R4: a site administrator has the own site; the other one does not exist", async ({ as, say }) => {
  const [everywhere, here] = [await as("enterprise-admin"), await as("site-admin")];
  await everywhere.goto("/users?q=Bennett");
  const colleague = await everywhere.getByRole("rowheader").getByRole("link").first().getAttribute("href");
  await everywhere.goto("/");
  const london = await everywhere.getByRole("link", { name: "London" }).first().getAttribute("href");
  const site = new URL(london!, "http://klinke.example").searchParams.get("site");

  await expect(here.getByRole("article")).toHaveCount(1);
  await here.goto("/users");
  await expect(here.getByRole("rowheader", { name: "Weber, Anna" })).toBeVisible();
  await expect(here.getByText("Bennett")).toHaveCount(0);
  for (const address of [colleague!, `${colleague}/delete`, `/users?site=${site}`, `/sites/${site}/users/new`]) {
    const answer = await here.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expectTitle(here, say("error-404-title"));
    await expect(here.getByText("London")).toHaveCount(0);
  }
  for (const address of ["/operator/enterprises", "/operator/activations"]) {
    expect([403, 404], address).toContain((await here.goto(address))?.status());
  }
});

test("R1 R4: a user sees the own telephone and nobody else's", async ({ as, say }) => {
  const user = await as("user");
  await expect(user.getByText("0211 0001000")).toBeVisible();
  await expect(user.getByRole("navigation", { name: say("nav-label") }).getByRole("link")).toHaveText(
    [say("nav-home"), say("call-services-title"), say("nav-calls"), say("phone-book-title"), say("profile-title")]);
  const admin = await as("enterprise-admin");
  await admin.goto("/users?q=Kaya");
  const colleague = await admin.getByRole("rowheader").getByRole("link").first().getAttribute("href");
  expect((await user.goto(colleague!))?.status(), "a colleague").toBe(404);
  for (const address of ["/users", "/activity", "/users/new", "/operator/enterprises"]) {
    const answer = await user.goto(address);
    expect([403, 404], address).toContain(answer?.status());
    await expect(user.getByText("Kaya")).toHaveCount(0);
  }
});

test("the list is a table on a desk and cards on a telephone; search, sort and filter need no JavaScript", async ({ as, say }) => {
  const admin = await as("enterprise-admin");
  await admin.goto("/users");
  const head = admin.getByRole("columnheader", { name: say("user-list-package") });
  for (const [width, display] of [[1280, "table-cell"], [1024, "table-cell"], [768, "table-cell"], [640, "block"], [320, "block"]] as const) {
    await admin.setViewportSize({ width, height: 800 });
    await expect(head, `${width} px`).toHaveCSS("display", display);
    expect(await overflow(admin), `${width} px`).toBe(0);
  }
  await admin.setViewportSize({ width: 1280, height: 800 });
  await admin.getByRole("columnheader", { name: say("user-list-name") }).getByRole("link").click();
  await expect(admin.getByRole("columnheader", { name: say("user-list-name") })).toHaveAttribute("aria-sort", "descending");
  await expect(admin.getByRole("rowheader").first()).toContainText("Zimmermann");
  await admin.getByLabel(say("user-list-state-label")).selectOption("failed");
  await admin.getByRole("button", { name: say("user-list-filter") }).click();
  await expect(admin.getByRole("rowheader")).toHaveText([/Köhler, Finn/]);
});
