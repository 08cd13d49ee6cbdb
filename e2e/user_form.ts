// Adding a user, as every story does it.
import { expect, type Page } from "@playwright/test";
import { expectTitle } from "./story.ts";
import type { Words } from "./words.ts";

export type Person = {
  firstName: string;
  lastName: string;
  username: string;
  phone?: string;
};

/** Opens the first question for a site, the way an administrator finds it; or the one form, once it was chosen. */
export async function beginToAdd(page: Page, say: Words, site: string) {
  await page.getByRole("navigation").getByRole("link", { name: say("nav-users"), exact: true }).click();
  await page.getByRole("link", { name: say("user-list-add") }).click();
  const door = page.getByRole("link", { name: site });
  if (new URL(page.url()).pathname === "/users/new") await door.click();
}

/** Opens the one form for a site. */
export async function openForm(page: Page, say: Words, site: string) {
  await beginToAdd(page, say, site);
  const onePage = page.getByRole("link", { name: say("user-step-switch-one-page") });
  const title = page.getByRole("heading", { level: 1, name: say("user-form-title-add") });
  await expect(onePage.or(title)).toBeVisible();
  if (await onePage.isVisible()) await onePage.click();
  await expectTitle(page, say("user-form-title-add"));
}

export const field = (page: Page, say: Words, id: string) => page.getByLabel(say(`user-form-${id}-label`), { exact: true });

/** Fills in what must be filled in, with the first free number, and gives that number as it is shown. */
export async function fillIn(page: Page, say: Words, person: Person): Promise<string> {
  await field(page, say, "first-name").fill(person.firstName);
  await field(page, say, "last-name").fill(person.lastName);
  await field(page, say, "username").fill(person.username);
  await field(page, say, "email").fill(`${person.username}@example.com`);
  await page.getByRole("radio", { name: say("package-standard") }).check();
  const number = field(page, say, "number");
  await number.selectOption({ index: 1 });
  if (person.phone) await field(page, say, "phone").selectOption({ label: person.phone });
  return (await number.locator("option:checked").innerText()).trim();
}

export async function send(page: Page, say: Words) {
  await page.getByRole("button", { name: say("user-form-submit-add") }).click();
}

/** What stands beside a field that is wrong. */
export function wrong(page: Page, say: Words, id: string) {
  return expect(field(page, say, id), `${id} is marked as wrong`).toHaveAttribute("aria-invalid", "true");
}

/** The details that are shown once. */
export async function loginDetails(page: Page) {
  return {
    login: await page.locator("#login").innerText(),
    password: await page.locator("#password").innerText(),
  };
}

/** The operator activates a person who waits. */
export async function activate(operator: Page, say: Words, name: string) {
  await operator.goto("/operator/activations");
  await operator.getByRole("button", { name: say("activation-activate-user", { name }) }).click();
  await expect(operator.getByRole("rowheader", { name })).toHaveCount(0);
}
