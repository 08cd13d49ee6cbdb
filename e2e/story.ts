// What every story has: a server, the words of its language, and windows of the people in it.
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { start, type Activation, type Role, type Server } from "./server.ts";
import { words, type Language, type Words } from "./words.ts";

export { expect };
export type { Language, Words };

type Sessions = Map<Role, Awaited<ReturnType<BrowserContext["storageState"]>>>;

type WorkerFixtures = { activation: Activation; isNamed: boolean; server: Server; sessions: Sessions };
type Fixtures = {
  language: Language;
  say: Words;
  /** A window of somebody who is logged in, in the story's language. */
  as: (role: Role) => Promise<Page>;
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
});

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
  await page.getByRole("button", { name: say("login-submit") }).click();
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
