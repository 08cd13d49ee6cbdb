// Every page, in both languages and colour schemes, is looked at by axe and at 320 pixels.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { makeEnterprise } from "./enterprise.ts";
import { expect, logIn, overflow, test, type Language, type Words } from "./story.ts";
import { fillIn, openForm, send } from "./user_form.ts";

type AxeResults = Awaited<ReturnType<AxeBuilder["analyze"]>>;

declare global {
  interface Window {
    /** Stands in the page once AxeBuilder has looked at it. */
    axe: { run(options: { runOnly: string[] }): Promise<AxeResults> };
  }
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

test.describe.configure({ timeout: 180_000 });

for (const language of ["de", "en"] satisfies Language[]) {
  test.describe(language, () => {
    test.use({ language });

    test("H1: axe finds nothing on the pages before login and of a user", async ({ page, as, say }) => {
      const look = looker();
      await page.goto("/login");
      await look(page, "login");
      await page.getByRole("button", { name: say("login-submit") }).click();
      await look(page, "login refused");
      const user = await as("user");
      await look(user, "home of a user");
      await user.goto("/calls");
      await look(user, "calls of a user");
      await user.goto("/users/new");
      await look(user, "not allowed");
      await user.locator("[data-menu] summary").click();
      await look(user, "account menu");
      look.done();
    });

    test("H1: axe finds nothing on the administrator's pages", async ({ as, say }) => {
      const look = looker();
      const admin = await as("enterprise-admin");
      await look(admin, "home of an administrator");
      for (const [name, address] of [
        ["list", "/users"], ["list filtered", "/users?state=pending"], ["nobody matches", "/users?q=zzz"],
        ["activity", "/activity"], ["calls", "/calls"], ["site", "/users/new"], ["no such page", "/nothing"],
      ] as const) {
        await admin.goto(address);
        await look(admin, name);
      }
      for (const person of ["Kaya", "Köhler", "Weber"]) await states(admin, person, look);
      await admin.getByRole("link", { name: say("user-phone-new-login") }).click();
      await look(admin, "renew dialog");
      const user = admin.url();
      await admin.goto(`${user}/login-details`);
      await look(admin, "renew");
      await admin.goto(`${user}/delete`);
      await look(admin, "delete");
      look.done();
    });

    test("H1 U7: axe finds nothing on the form and on what follows it", async ({ as, say }) => {
      const look = looker();
      const admin = await as("site-admin");
      await openForm(admin, say, "Düsseldorf");
      await look(admin, "form");
      await send(admin, say);
      await look(admin, "form with errors");
      const username = `axe.${language}`;
      await fillIn(admin, say, { firstName: "Axel", lastName: "Achse", username, phone: "Snom D785" });
      await send(admin, say);
      await look(admin, "login details");
      await admin.reload();
      await look(admin, "login details gone");
      await admin.getByRole("link", { name: say("login-details-gone-back", { name: "Axel Achse" }) }).click();
      await admin.goto(`${admin.url()}/delete`);
      await look(admin, "not before activation");
      look.done();
    });

    test("H1: axe finds nothing on the operator's pages and in an empty enterprise", async ({ as, say, page }) => {
      const look = looker();
      const operator = await as("operator");
      await look(operator, "home of the operator");
      await operator.goto("/operator/enterprises/new");
      await look(operator, "add enterprise");
      await operator.getByRole("button", { name: say("enterprise-form-submit") }).click();
      await look(operator, "add enterprise with errors");
    const first = { de: "+4940000030", en: "+4940000031" }[language];
      const { link, login } = await makeEnterprise(operator, say, { name: `Leer ${language}`, domain: `leer-${language}`, first });
      await look(operator, "registration link");
      await operator.getByRole("link", { name: say("login-details-continue") }).click();
      await look(operator, "enterprise");
      const enterprise = new URL(operator.url()).pathname;
      for (const form of ["sites/new", "licences", "telephony", "administrators/new"]) {
        await operator.goto(`${enterprise}/${form}`);
        await look(operator, form);
      }
      await operator.goto(enterprise);
      await operator.getByRole("link", { name: say("enterprise-site-import-for", { site: "Hamburg" }) }).click();
      await look(operator, "import numbers");
      await operator.goto(enterprise);
      await operator.getByRole("link", { name: say("main-number-title", { site: "Hamburg" }) }).click();
      await look(operator, "main number");
      await operator.goto("/operator/enterprises");
      await look(operator, "enterprises");
      await operator.goto("/operator/activations");
      for (const more of await operator.locator("details.more summary").all()) await more.click();
      await look(operator, "activations");
      await page.goto(link);
      await look(page, "password");
      await choose(page, say, "Leuchtturm-7");
      await logIn(page, say, { name: login, password: "Leuchtturm-7" });
      await page.goto("/users");
      await look(page, "empty list");
      await page.goto(link);
      await look(page, "gone");
      look.done();
    });
  });
}

async function choose(page: Page, say: Words, password: string) {
  await page.getByLabel(say("password-new-label"), { exact: true }).fill(password);
  await page.getByLabel(say("password-repeat-label")).fill(password);
  await page.getByRole("button", { name: say("password-submit") }).click();
  await page.waitForURL((url) => url.pathname === "/login");
}

async function states(page: Page, person: string, look: ReturnType<typeof looker>) {
  await page.goto(`/users?q=${person}`);
  await page.getByRole("rowheader").getByRole("link").first().click();
  await page.waitForURL(/\/users\/[^?]/);
  await look(page, `user ${person}`);
}

/** Looks at one page after the other, in light and in dark, and tells all findings at the end. */
function looker() {
  const findings: string[] = [];
  const look = async (page: Page, name: string) => {
    // Without frames there is no need for axe's second window.
    const light = await new AxeBuilder({ page }).withTags(standards).setLegacyMode().analyze();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await page.evaluate(() => window.axe.run({ runOnly: ["color-contrast"] }));
    findings.push(...told(name, light), ...told(`${name}, dark`, dark));
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(narrow);
    const pixels = await overflow(page);
    if (pixels > 0) findings.push(`${name}: ${pixels} px wider than 320 px`);
    await page.setViewportSize(wide);
  };
  return Object.assign(look, { done: () => expect(findings.join("\n")).toBe("") });
}

function told(name: string, { violations }: Pick<AxeResults, "violations">): string[] {
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${name}: ${id}: ${html}\n  ${failureSummary}`));
}
