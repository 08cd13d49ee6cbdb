// Hunt groups: added with members, ordered, changed and deleted, as an administrator sees them.
import { expect, readers, test } from "./story.ts";

for (const { name, use } of readers) {
  test.describe(name, () => {
    test.use(use);
    test.describe.configure({ timeout: 120_000 });

    test("G3 S7: a hunt group gets members, one of them from activation on, and is changed", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("site-hunt-groups-open") }).click();
      await look(admin);
      await admin.getByRole("link", { name: say("hunt-group-add") }).click();
      await look(admin);
      await admin.getByLabel(say("field-name"), { exact: true }).fill(`Empfang ${use.language}`);
      const free = await admin.locator("#free-numbers option").last().getAttribute("value");
      await admin.getByLabel(say("user-number"), { exact: true }).fill(free ?? "");
      for (const person of ["Anna Weber", "Ben Krüger"]) {
        await admin.getByLabel(say("hunt-group-find"), { exact: true }).fill(person.split(" ")[1] ?? "");
        await admin.getByRole("button", { name: say("hunt-group-find-submit"), exact: true }).click();
        await admin.getByRole("button", { name: say("hunt-group-add-member", { name: person }) }).click();
      }
      await expect(admin.getByText(say("hunt-group-from-activation")).first()).toBeVisible();
      await admin.getByRole("button", { name: say("hunt-group-up-name", { name: "Ben Krüger" }) }).click();
      await expect(admin.getByRole("rowheader").first()).toContainText("Ben Krüger");
      await look(admin);
      await admin.getByRole("button", { name: say("action-save") }).click();
      await expect(admin.getByText(say("hunt-group-was-added"))).toBeVisible();
      await expect(admin.getByText(say("hunt-group-pending"))).toBeVisible();
      await look(admin);
    });

    test("D4: deleting a hunt group asks first, with whom to tell", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("site-hunt-groups-open") }).click();
      await admin.getByRole("link", { name: "Vertrieb", exact: true }).click();
      await look(admin);
      await admin.getByRole("link", { name: say("group-calls-open") }).click();
      await expect(admin.getByRole("heading", { level: 1, name: say("group-calls-title", { name: "Vertrieb" }) })).toBeVisible();
      await admin.getByLabel(say("activity-from"), { exact: true }).fill("2026-01-01");
      await admin.getByRole("button", { name: say("user-list-filter") }).click();
      await expect(admin.getByText(say("group-calls-none"))).toBeVisible();
      await look(admin);
      await admin.getByRole("link", { name: "Vertrieb", exact: true }).click();
      await admin.getByRole("link", { name: say("hunt-group-delete") }).click();
      await look(admin);
      await expect(admin.getByText("Anna Weber")).toBeVisible();
      await expect(admin.getByRole("link", { name: say("hunt-group-delete-keep") })).toBeFocused();
      await admin.getByRole("link", { name: say("hunt-group-delete-keep") }).click();
      await expect(admin.getByRole("heading", { level: 1, name: "Vertrieb" })).toBeVisible();
    });
  });
}
