// Call centres: added with agents, opening hours, the agent's desk, the wallboard and the question before deletion.
import { expect, readers, test } from "./story.ts";

for (const { name, use } of readers) {
  test.describe(name, () => {
    test.use(use);
    test.describe.configure({ timeout: 120_000 });

    test("G4 S1: a call centre gets a name, a number and an agent, who has a desk then", async ({ as, say, look, javaScriptEnabled }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("site-call-centres-open") }).click();
      await look(admin);
      await admin.getByRole("link", { name: say("call-centre-add") }).click();
      await look(admin);
      const centre = `Bestellung ${use.language}`;
      await admin.getByLabel(say("field-name"), { exact: true }).fill(centre);
      const free = await admin.locator("#numbers option").last().getAttribute("value");
      await admin.getByLabel(say("field-number"), { exact: true }).fill(free ?? "");
      await admin.getByLabel(say("field-queue-length"), { exact: true }).fill("526");
      await admin.getByLabel(say("call-centre-add-agents")).fill("Weber");
      await admin.getByRole("button", { name: say("action-save") }).click();
      await expect(admin.getByRole("alert")).toContainText(say("field-queue-length"));
      await expect(admin.getByLabel(say("field-name"), { exact: true })).toHaveValue(centre);
      await look(admin);
      await admin.getByLabel(say("field-queue-length"), { exact: true }).fill("20");
      await admin.getByRole("button", { name: say("action-save") }).click();
      await expect(admin.getByRole("rowheader", { name: "Anna Weber" })).toBeVisible();
      await expect(admin.getByText(say("call-centre-locked"))).toBeVisible();
      await look(admin);

      const agent = await as("user");
      await agent.getByRole("link", { name: say("nav-agent-desk"), exact: true }).click();
      const desk = agent.getByRole("region", { name: centre });
      await look(agent);
      await desk.getByRole("button", { name: say("agent-set-available"), exact: true }).click();
      await expect(desk.getByRole("status")).toContainText(say("agent-state-available"));
      await expect(desk.getByText(say("agent-desk-waiting"))).toBeVisible();
      await look(agent);

      // What somebody else sets is seen without a word; without scripts, when the page is opened anew.
      await admin.goto(admin.url().replace(/\/[^/]+$/, ""));
      await admin.getByRole("link", { name: say("wallboard-title", { name: centre }) }).click();
      const name = say("wallboard-set-of", { name: "Anna Weber" });
      await admin.getByRole("combobox", { name }).selectOption("sign-in");
      await admin.getByRole("button", { name }).click();
      if (!javaScriptEnabled) await agent.reload();
      await expect(desk.getByRole("status")).toContainText(say("agent-state-sign-in"), { timeout: 15_000 });
    });

    test("G4: who waits too long is transferred, and a target that is missing or leads nowhere is told", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("site-call-centres-open") }).click();
      await admin.getByRole("link", { name: "Kundendienst", exact: true }).click();
      const after = admin.getByLabel(say("field-overflow-after"));
      const overflow = admin.getByLabel(say("field-overflow"), { exact: true });
      const target = admin.getByLabel(say("field-overflow-target"));
      const save = admin.getByRole("button", { name: say("action-save") });
      await after.fill("7201");
      await overflow.selectOption(say("overflow-transfer"));
      await save.click();
      await expect(admin.getByRole("alert")).toContainText(say("field-overflow-after"));
      await expect(overflow).toHaveValue("transfer");
      await look(admin);
      await after.fill("90");
      for (const wrong of ["", "999999"]) {
        await target.fill(wrong);
        await save.click();
        await expect(admin.getByRole("alert")).toContainText(say("field-overflow-target"));
        await expect(after).toHaveValue("90");
      }
      await target.fill("0211 9999999");
      await save.click();
      await expect(admin.getByRole("alert")).toHaveCount(0);
      await expect(after).toHaveValue("90");
      await expect(overflow).toHaveValue("transfer");
      await expect(target).toHaveValue(/9999999$/);
      await look(admin);
      await after.fill("");
      await overflow.selectOption(say("overflow-busy"));
      await target.fill("");
      await save.click();
      await expect(overflow).toHaveValue("busy");
      await expect(after).toHaveValue("");
    });

    test("G4: a site's hours are set day by day, and what cannot be read is told", async ({ as, say, look }) => {
      const admin = await as("site-admin");
      await admin.goto("/");
      await admin.goto(await admin.getByRole("link", { name: "Düsseldorf" }).first().getAttribute("href") ?? "");
      await admin.getByRole("link", { name: say("site-call-centres-open") }).click();
      await admin.getByRole("link", { name: say("schedule-open"), exact: true }).click();
      await look(admin);
      await admin.getByLabel(say("weekday-monday")).fill("morgens");
      await admin.getByLabel(say("field-holidays")).fill("2026-12-24 2026-12-26 Weihnachten");
      await admin.getByRole("button", { name: say("action-save") }).click();
      await expect(admin.getByRole("alert")).toContainText(say("field-openings"));
      await expect(admin.getByLabel(say("weekday-monday"))).toHaveValue("morgens");
      await look(admin);
      await admin.getByLabel(say("weekday-monday")).fill("8-12 13-17");
      await admin.getByRole("button", { name: say("action-save") }).click();
      await admin.getByRole("link", { name: say("schedule-open"), exact: true }).click();
      await expect(admin.getByLabel(say("weekday-monday"))).toHaveValue("08:00-12:00 13:00-17:00");
      await admin.getByLabel(say("weekday-monday")).fill("");
      await admin.getByLabel(say("field-holidays")).fill("");
      await admin.getByRole("button", { name: say("action-save") }).click();
    });

    test("G4 D4: the wallboard shows the agents, the history is there, and deletion asks first", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("site-call-centres-open") }).click();
      await admin.getByRole("link", { name: say("wallboard-title", { name: "Kundendienst" }) }).click();
      await expect(admin.getByRole("heading", { level: 1, name: say("wallboard-title", { name: "Kundendienst" }) })).toBeVisible();
      await expect(admin.getByRole("rowheader")).toHaveCount(2);
      await look(admin);
      await admin.getByRole("link", { name: say("group-calls-open") }).click();
      await look(admin);
      await admin.goBack();
      await admin.goBack();
      await admin.getByRole("link", { name: "Kundendienst", exact: true }).click();
      await look(admin);
      await admin.getByRole("link", { name: say("call-centre-delete") }).click();
      await look(admin);
      await expect(admin.getByRole("heading", { level: 1 })).toContainText("Kundendienst");
    });
  });
}
