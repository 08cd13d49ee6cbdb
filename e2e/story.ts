// What every story has: a server, the words of its language, and windows of the people in it.
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { start, type Activation, type Role, type Server } from "./server.ts";
import { words, type Language, type Words } from "./words.ts";

export { expect };
export type { Language, Words };

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/** Who plays a story: between them both languages, both colour schemes, with and without JavaScript, at a desk and small. */
export const readers: { name: string; use: { language: Language; colorScheme: "light" | "dark"; javaScriptEnabled: boolean; viewport: typeof wide } }[] = [
  { name: "German, light", use: { language: "de", colorScheme: "light", javaScriptEnabled: true, viewport: wide } },
  { name: "English, dark, 320 pixels, without JavaScript", use: { language: "en", colorScheme: "dark", javaScriptEnabled: false, viewport: narrow } },
];

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Sessions = Map<Role, Awaited<ReturnType<BrowserContext["storageState"]>>>;

type WorkerFixtures = { activation: Activation; isNamed: boolean; server: Server; sessions: Sessions };
type Fixtures = {
  language: Language;
  say: Words;
  /** A window of somebody who is logged in, in the story's language. */
  as: (role: Role) => Promise<Page>;
  /** Axe finds nothing on a page, light and dark, and it is no wider than a desk's or a small window. Axe needs scripts. */
  look: (page: Page) => Promise<void>;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  activation: ["manual", { scope: "worker", option: true }],
  isNamed: [false, { scope: "worker", option: true }],
  server: [async ({ activation, isNamed }, use) => {
    const server = await start(activation, isNamed);
    await use(server);
    await server.stop();
  }, { scope: "worker" }],
  sessions: [async ({}, use) => { await use(new Map()); }, { scope: "worker" }],
  baseURL: async ({ server }, use) => { await use(server.address); },
  language: ["en", { option: true }],
  locale: async ({ language }, use) => { await use(language); },
  say: async ({ language }, use) => { await use(words(language)); },
  as: async ({ browser, server, sessions, language, javaScriptEnabled, colorScheme, contextOptions }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (role) => {
      const storageState = sessions.get(role) ?? await session(browser, server, role);
      sessions.set(role, storageState);
      const context = await browser.newContext({
        ...contextOptions, baseURL: server.address, locale: language, javaScriptEnabled, colorScheme, storageState,
      });
      opened.push(context);
      await context.addCookies([{ name: "klinke_lang", value: language, url: server.address }]);
      const page = await context.newPage();
      await page.goto("/");
      return page;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  look: async ({ javaScriptEnabled, colorScheme }, use) => {
    await use(async (page) => {
      await fits(page);
      if (!javaScriptEnabled) return;
      for (const shown of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: shown });
        const { violations } = await new AxeBuilder({ page }).withTags(standards).setLegacyMode().analyze();
        expect(violations.map(({ id, nodes }) => `${shown}: ${id}: ${nodes[0]?.html}`), page.url()).toEqual([]);
      }
      await page.emulateMedia({ colorScheme });
    });
  },
});

async function fits(page: Page) {
  const size = page.viewportSize();
  for (const window of [wide, narrow]) {
    await page.setViewportSize(window);
    expect(await overflow(page), `${page.url()} at ${window.width}`).toBeLessThanOrEqual(0);
  }
  if (size) await page.setViewportSize(size);
}

/** Logging in takes long on purpose, so each role does it once per server. */
async function session(browser: Browser, server: Server, role: Role) {
  const context = await browser.newContext({ baseURL: server.address, locale: "en" });
  const page = await context.newPage();
  await logIn(page, words("en"), server.logins[role]);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Fills in the login page. */
export async function logIn(page: Page, say: Words, login: { name: string; password: string }) {
  await page.goto("/login");
  await page.getByLabel(say("login-name-label")).fill(login.name);
  await page.getByLabel(say("login-password-label")).fill(login.password);
  await page.getByRole("button", { name: say("login-submit"), exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

/** The heading of the page that is meant. */
export async function expectTitle(page: Page, title: string | RegExp) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

/** How many pixels a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
