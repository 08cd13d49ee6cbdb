// Adding a user without a mouse: what has the focus is always visible, and Enter sends.
import type { Page } from "@playwright/test";
import { expect, expectTitle, test } from "./story.ts";
import { field, loginDetails } from "./user_form.ts";

/** Presses Tab until the element with this name has the focus, which the sticky header must never cover. */
async function tabTo(page: Page, name: string) {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const focused = document.activeElement as HTMLInputElement;
      const box = focused.getBoundingClientRect();
      const top = document.querySelector(".top")!.getBoundingClientRect().bottom;
      const inside = focused.closest(".top, .skip") !== null;
      const name = focused.getAttribute("aria-label") ?? focused.labels?.[0]?.querySelector(".choice-label")?.textContent
        ?? focused.labels?.[0]?.textContent ?? focused.textContent;
      return { name: name?.trim() ?? "", hidden: !inside && box.bottom <= top, outline: getComputedStyle(focused).outlineStyle };
    });
    expect(at.hidden, `${at.name} has the focus and is covered`).toBe(false);
    if (at.name === name) return;
  }
  throw new Error(`${name} is never reached`);
}

test("U2 U7: a user is added with the keyboard alone", async ({ as, say }) => {
  const admin = await as("site-admin");
  const type = async (label: string, text: string) => {
    await tabTo(admin, say(label));
    await admin.keyboard.type(text);
  };
  await admin.keyboard.press("Tab");
  await expect(admin.getByRole("link", { name: say("page-skip") })).toBeFocused();
  await admin.keyboard.press("Enter");
  await expect(admin.locator("main")).toBeFocused();
  await tabTo(admin, say("home-add-user"));
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("user-step-person"));
  await tabTo(admin, say("user-step-switch-one-page"));
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("user-form-title-add"));
  await type("user-form-first-name-label", "Tabea");
  await type("user-form-last-name-label", "Taste");
  await type("user-form-username-label", "tabea.taste");
  await type("user-form-email-label", "tabea@example.com");
  await tabTo(admin, say("package-basic"));
  await admin.keyboard.press("ArrowDown");
  await expect(admin.getByRole("radio", { name: say("package-standard") })).toBeChecked();
  await tabTo(admin, say("user-form-number-label"));
  await admin.keyboard.press("ArrowDown");
  await type("user-form-phone-label", "Snom D8");
  await expect(field(admin, say, "phone").locator("option:checked")).toHaveText(/Snom D8/);
  await tabTo(admin, say("user-form-submit-add"));
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("login-details-title"));
  expect((await loginDetails(admin)).password).toMatch(/^[a-z0-9]{10,}$/);
  await tabTo(admin, say("login-details-continue"));
  await admin.keyboard.press("Enter");
  await expectTitle(admin, "Tabea Taste");
});

test("D4 D5: a user is deleted with the keyboard alone", async ({ as, say }) => {
  const name = "Isla Murray";
  const admin = await as("enterprise-admin");
  await admin.goto("/users?q=Murray");
  await tabTo(admin, "Murray, Isla");
  await admin.keyboard.press("Enter");
  await expectTitle(admin, name);
  await tabTo(admin, say("user-delete"));
  await admin.keyboard.press("Enter");
  await expectTitle(admin, say("user-delete-title", { name }));
  await expect(admin.getByRole("link", { name: say("user-delete-keep") }), "nothing is deleted by mistake").toBeFocused();
  await tabTo(admin, say("user-delete-submit", { name }));
  await admin.keyboard.press("Enter");
  await admin.waitForURL((url) => !url.pathname.endsWith("/delete"));
  await admin.goto("/users?q=Murray");
  await expect(admin.getByRole("link", { name })).toHaveCount(0);
});

test("U7: copying is announced, the card can be saved, and leaving the page empties it", async ({ as, say }) => {
  const admin = await as("site-admin");
  await admin.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await admin.goto("/users?q=Weber");
  await admin.getByRole("rowheader").getByRole("link").first().click();
  await admin.getByRole("link", { name: say("user-phone-new-login") }).click();
  await admin.getByRole("dialog").getByRole("button", { name: say("login-details-new-submit") }).click();
  const { login, password } = await loginDetails(admin);

  await admin.getByRole("button", { name: say("login-details-copy-password") }).click();
  await expect(admin.locator("#announcer")).toHaveText(say("login-details-copied-password"));
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toBe(password);

  const saving = admin.waitForEvent("download");
  await admin.getByRole("button", { name: say("login-details-download") }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe(say("login-details-file"));
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const card = Buffer.concat(chunks).toString("utf8");
  expect(card).toContain(`${say("login-details-login")}: ${login}`);
  expect(card).toContain(`${say("login-details-password")}: ${password}`);

  await admin.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await expect(admin.locator("#password")).toHaveCount(0);
  expect(await admin.locator("body").innerText()).not.toContain(password);
});
