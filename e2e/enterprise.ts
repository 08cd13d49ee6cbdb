// An enterprise with one site, ten numbers, licences and an administrator, made on the operator's pages.
import { expect, type Page } from "@playwright/test";
import { expectTitle } from "./story.ts";
import type { Words } from "./words.ts";

export type Wanted = { name: string; domain: string; /** All but the last digit of the numbers. */ first: string };

/** Ends on the page that shows the administrator's link once. */
export async function makeEnterprise(page: Page, say: Words, wanted: Wanted): Promise<{ link: string; login: string }> {
  await page.goto("/operator/enterprises");
  await page.getByRole("link", { name: say("enterprise-list-add") }).click();
  await page.getByLabel(say("enterprise-form-name-label"), { exact: true }).fill(wanted.name);
  await page.getByLabel(say("enterprise-form-domain-label")).fill(wanted.domain);
  await page.getByRole("button", { name: say("enterprise-form-submit") }).click();
  await expectTitle(page, wanted.name);

  await page.getByRole("link", { name: say("enterprise-sites-add") }).click();
  await page.getByLabel(say("site-form-name-label"), { exact: true }).fill("Hamburg");
  await page.getByRole("button", { name: say("site-form-submit") }).click();

  await page.getByRole("link", { name: say("enterprise-site-import-for", { site: "Hamburg" }) }).click();
  await page.getByLabel(say("number-range-first-label")).fill(`${wanted.first}0`);
  await page.getByLabel(say("number-range-last-label")).fill(`${wanted.first}9`);
  await page.getByRole("button", { name: say("number-range-submit") }).click();
  await expect(page.getByRole("row").filter({ hasText: "Hamburg" })).toContainText(say("stock-free", { free: 10, total: 10 }));

  await page.getByRole("link", { name: say("enterprise-licences-change") }).click();
  await page.getByLabel(say("package-standard")).fill("5");
  await page.getByRole("button", { name: say("action-save") }).click();

  await page.getByRole("link", { name: say("enterprise-administrators-add") }).click();
  await page.getByRole("radio", { name: say("role-enterprise-admin") }).check();
  await page.getByLabel(say("user-form-username-label")).fill("office");
  await page.getByLabel(say("user-form-email-label")).fill("office@example.com");
  await page.getByRole("button", { name: say("administrator-form-submit") }).click();
  await expectTitle(page, say("registration-link-title", { name: "office" }));
  return { link: await page.locator("#link").innerText(), login: `office@${wanted.domain}` };
}
