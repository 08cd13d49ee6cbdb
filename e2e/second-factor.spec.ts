// Administrators log in with more than a password, or without one: app, recovery codes, passkeys.
import { createHmac } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import type { CDPSession, Page } from "@playwright/test";
import { expect, expectTitle, logIn, overflow, test, type Language, type Words } from "./story.ts";
import type { Login, Role } from "./server.ts";

// Passkeys belong to a name.
test.use({ isNamed: true });

/** The code that an app shows (RFC 6238), now or some steps later. */
function code(secret: string, later = 0): string {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(step).digest();
  const word = hash.readUInt32BE(hash[19]! & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

async function look(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}

/** Types name and password; the code is asked for then. */
async function owe(page: Page, say: Words, login: Login) {
  await page.goto("/login");
  await page.getByLabel(say("login-name-label")).fill(login.name);
  await page.getByLabel(say("login-password-label")).fill(login.password);
  await page.getByRole("button", { name: say("login-submit"), exact: true }).click();
  await expectTitle(page, say("login-code-title"));
}

async function show(page: Page, say: Words, typed: string) {
  await page.getByLabel(say("field-one-time-code"), { exact: true }).fill(typed);
  await page.getByRole("button", { name: say("login-submit") }).click();
}

/** Whoever logs in reads the own language; the story's is chosen anew. */
async function speak(page: Page, language: Language) {
  await page.context().addCookies([{ name: "klinke_lang", value: language, url: page.url() }]);
}

async function logOut(page: Page, say: Words) {
  await page.locator("[data-menu] summary").click();
  await page.getByRole("button", { name: say("account-log-out"), exact: true }).click();
  await expectTitle(page, say("login-title"));
}

for (const [language, role] of [["de", "site-admin"], ["en", "enterprise-admin"]] satisfies [Language, Role][]) {
  test.describe(`${language}, JavaScript off`, () => {
    test.use({ language, javaScriptEnabled: false });

    test("A5: an app is set up, asked for, replaced by a recovery code, and removed", async ({ page, server, say }) => {
      const login = server.logins[role];
      await logIn(page, say, login);
      await speak(page, language);
      await page.goto("/account");
      await page.getByRole("button", { name: say("totp-set-up") }).click();
      await expectTitle(page, say("totp-title"));
      await expect(page.getByRole("img", { name: say("totp-picture") })).toBeVisible();
      const secret = (await page.locator("#secret").innerText()).replace(/\s/g, "");
      await page.getByLabel(say("totp-code-label")).fill(code(secret));
      await page.getByLabel(say("own-password-label")).fill(login.password);
      await page.getByRole("button", { name: say("totp-confirm-submit") }).click();
      await expectTitle(page, say("recovery-codes-title"));
      const codes = await page.locator(".recovery-codes li").allInnerTexts();
      expect(codes).toHaveLength(10);
      await page.getByRole("link", { name: say("login-details-continue") }).click();
      await expectTitle(page, say("account-title"));
      await logOut(page, say);

      await owe(page, say, login);
      await page.goto("/users");
      await expectTitle(page, say("login-title"));
      await page.goto("/login/code");
      await show(page, say, "000000");
      await expect(page.getByRole("alert")).toContainText(say("problem-wrong-code"));
      await show(page, say, code(secret, 1));
      await page.waitForURL((url) => url.pathname === "/");
      await speak(page, language);
      await logOut(page, say);

      await owe(page, say, login);
      await show(page, say, codes[0]!);
      await page.waitForURL((url) => url.pathname === "/");
      await speak(page, language);
      await page.goto("/account");
      await expect(page.getByText("9", { exact: true })).toBeVisible();
      await page.getByRole("link", { name: say("totp-remove") }).click();
      await page.getByLabel(say("own-password-label")).fill(login.password);
      await page.getByRole("button", { name: say("totp-remove-submit") }).click();
      await expect(page.getByRole("button", { name: say("totp-set-up") })).toBeVisible();
      await logOut(page, say);
      await logIn(page, say, login);
      await speak(page, language);
    });

    test("A5: without JavaScript nobody is offered a passkey at the login", async ({ page, say }) => {
      await page.goto("/login");
      await expect(page.getByRole("button", { name: say("login-submit") })).toBeVisible();
      await expect(page.getByRole("button", { name: say("login-passkey") })).toHaveCount(0);
    });
  });
}

/** A key in the machine that finds its passkeys by itself and asks for no PIN aloud. */
async function plugIn(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
}

for (const [language, role, colorScheme] of [
  ["de", "operator", "dark"], ["en", "enterprise-admin", "light"],
] satisfies [Language, Role, "dark" | "light"][]) {
  test.describe(`${language}, ${colorScheme}`, () => {
    test.use({ language, colorScheme });

    test("A5: a passkey is added, is the whole login, and opens nothing once it is removed", async ({ page, server, say }) => {
      const login = server.logins[role];
      await plugIn(page);
      await logIn(page, say, login);
      await speak(page, language);
      await page.goto("/account");
      await look(page);
      await page.getByRole("link", { name: say("passkey-add-title") }).click();
      await look(page);
      await page.getByLabel(say("passkey-name-label")).fill("Laptop");
      await page.getByLabel(say("own-password-label")).fill(login.password);
      await page.getByRole("button", { name: say("passkey-add-submit") }).click();
      await expectTitle(page, say("passkey-make-title"));
      await look(page);
      await page.getByRole("button", { name: say("passkey-make-submit") }).click();
      await expectTitle(page, say("account-title"));
      await expect(page.getByRole("rowheader", { name: "Laptop" })).toBeVisible();
      await look(page);
      await logOut(page, say);

      await page.goto("/login?return=/users");
      await look(page);
      await page.getByRole("button", { name: say("login-passkey") }).click();
      await page.waitForURL((url) => url.pathname === "/users");
      await speak(page, language);
      await page.goto("/account");
      await expect(page.getByRole("cell", { name: say("passkey-never") })).toHaveCount(0);
      await page.getByRole("row").filter({ hasText: "Laptop" }).getByRole("link").click();
      await look(page);
      await page.getByLabel(say("own-password-label")).fill(login.password);
      await page.getByRole("button", { name: say("passkey-remove-submit") }).click();
      await expect(page.getByRole("rowheader", { name: "Laptop" })).toHaveCount(0);
      await logOut(page, say);
      await page.getByRole("button", { name: say("login-passkey") }).click();
      await expect(page.getByRole("alert").first()).toContainText(say("problem-passkey-refused"));
    });

    test("A5: the pages of an app and of the code are readable by everybody", async ({ page, server, say }) => {
      const login = server.logins["site-admin"];
      await logIn(page, say, login);
      await speak(page, language);
      await page.goto("/account");
      await page.getByRole("button", { name: say("totp-set-up") }).click();
      await look(page);
      const secret = (await page.locator("#secret").innerText()).replace(/\s/g, "");
      await page.getByLabel(say("totp-code-label")).fill(code(secret));
      await page.getByLabel(say("own-password-label")).fill(login.password);
      await page.getByRole("button", { name: say("totp-confirm-submit") }).click();
      await expectTitle(page, say("recovery-codes-title"));
      await look(page);
      const codes = await page.locator(".recovery-codes li").allInnerTexts();
      await page.getByRole("link", { name: say("login-details-continue") }).click();
      await look(page);
      await logOut(page, say);
      await owe(page, say, login);
      await look(page);
      await show(page, say, codes[0]!);
      await page.waitForURL((url) => url.pathname === "/");
      await speak(page, language);
      await page.goto("/account/totp/remove");
      await look(page);
      await page.getByLabel(say("own-password-label")).fill(login.password);
      await page.getByRole("button", { name: say("totp-remove-submit") }).click();
      await expect(page.getByRole("button", { name: say("totp-set-up") })).toBeVisible();
    });
  });
}
