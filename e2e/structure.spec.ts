// Departments, sites, numbers, reports, the activity log and the trunk, as each reader sees them.
import { expect, expectTitle, readers, test } from "./story.ts";

for (const { name, use } of readers) {
  test.describe(name, () => {
    test.use(use);
    test.describe.configure({ timeout: 120_000 });

    test("R2: departments become a tree, are moved and deleted", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await look(admin);
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await look(admin);
      await admin.getByRole("link", { name: say("site-departments-open") }).click();
      const [top, inner] = [`Zentrale ${use.language}`, `Empfang ${use.language}`];
      for (const [name, parent] of [[top, undefined], [inner, top]] as const) {
        await admin.getByLabel(say("field-name"), { exact: true }).fill(name);
        if (parent) await admin.getByLabel(say("field-parent")).selectOption({ label: parent });
        await admin.getByRole("button", { name: say("department-add") }).click();
      }
      await expect(admin.getByRole("rowheader", { name: `${top} › ${inner}` })).toBeVisible();
      await look(admin);
      await admin.getByRole("link", { name: say("department-form-title", { path: `${top} › ${inner}` }) }).click();
      await look(admin);
      await admin.getByLabel(say("field-parent")).selectOption("");
      await admin.getByRole("button", { name: say("action-save") }).click();
      for (const path of [inner, top]) {
        await admin.getByRole("link", { name: say("department-delete-title", { path }) }).click();
        await look(admin);
        await expect(admin.getByRole("link", { name: say("department-delete-keep") })).toBeFocused();
        await admin.getByRole("button", { name: say("department-delete-submit", { path }) }).click();
      }
      await expect(admin.getByRole("rowheader", { name: top })).toHaveCount(0);
    });

    test("R1 R5: an administrator sees numbers, use, reports and who did what", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("link", { name: say("usage-open") }).click();
      await look(admin);
      await admin.goto("/report");
      await look(admin);
      const saved = admin.waitForEvent("download");
      await admin.getByRole("link", { name: say("sheet-save") }).click();
      expect((await saved).suggestedFilename()).toBe("klinke-users.csv");
      await admin.goto("/activity");
      await admin.getByLabel(say("activity-what"), { exact: true }).selectOption("user-added");
      await admin.getByRole("button", { name: say("user-list-filter") }).click();
      await look(admin);
      await expect(admin.getByRole("row").nth(1)).toContainText(say("journal-user-added"));
      await admin.getByLabel(say("activity-who"), { exact: true }).fill("nobody");
      await admin.getByRole("button", { name: say("user-list-filter") }).click();
      await expect(admin.getByText(say("activity-none"))).toBeVisible();
      await admin.goto("/enterprise");
      await admin.getByRole("link", { name: say("enterprise-change-open") }).click();
      await admin.getByLabel(say("field-extension-min")).fill("6");
      await admin.getByRole("button", { name: say("action-save") }).click();
      await expect(admin.getByRole("alert")).toBeVisible();
      await look(admin);
    });

    test("the operator keeps a number back, releases it, and sees the trunk", async ({ as, say, look }) => {
      const operator = await as("operator");
      await operator.goto("/operator/trunk");
      await expectTitle(operator, say("trunk-title"));
      await look(operator);
      await operator.goto("/operator/enterprises");
      await operator.getByRole("rowheader").getByRole("link").first().click();
      await operator.getByRole("rowheader").getByRole("link").first().click();
      await operator.getByRole("link", { name: say("site-numbers-open") }).click();
      await operator.getByLabel(say("user-list-state-label")).selectOption("free");
      await operator.getByRole("button", { name: say("user-list-filter") }).click();
      await look(operator);
      await operator.getByRole("button", { name: say("number-reserve"), exact: false }).first().click();
      await operator.getByLabel(say("user-list-state-label")).selectOption("reserved");
      await operator.getByRole("button", { name: say("user-list-filter") }).click();
      await operator.getByRole("row").getByRole("button").first().click();
      await operator.getByLabel(say("user-list-state-label")).selectOption("reserved");
      await operator.getByRole("button", { name: say("user-list-filter") }).click();
      await expect(operator.getByText(say("site-numbers-none"))).toBeVisible();
    });
  });
}
