// Call pickup and call park groups as an administrator keeps them, and the message about a user who is deleted.
import { expect, readers, test } from "./story.ts";

for (const { name, use } of readers) {
  test.describe(name, () => {
    test.use(use);
    test.describe.configure({ timeout: 120_000 });

    for (const kind of ["pickup", "park"] as const) {
      test(`${kind === "pickup" ? "G1" : "G2"} D4: a ${kind} group gets members, an order, and is deleted`, async ({ as, say, look }) => {
        const admin = await as("enterprise-admin");
        await admin.goto("/enterprise");
        await admin.getByRole("rowheader").getByRole("link").first().click();
        await admin.getByRole("link", { name: say(`site-${kind}-groups-open`) }).click();
        await look(admin);
        await admin.getByRole("link", { name: say(`${kind}-group-add`), exact: true }).click();
        await look(admin);
        const group = `Empfang ${use.language}`;
        await admin.getByRole("textbox", { name: say("field-name"), exact: true }).fill(group);
        for (const person of ["Anna Weber", "Ben Krüger"]) {
          await admin.getByLabel(say("hunt-group-find"), { exact: true }).fill(person.split(" ")[1] ?? "");
          await admin.getByRole("button", { name: say("hunt-group-find-submit"), exact: true }).click();
          await admin.getByRole("button", { name: say("hunt-group-add-member", { name: person }) }).click();
        }
        await admin.getByRole("button", { name: say("hunt-group-up-name", { name: "Ben Krüger" }) }).click();
        await expect(admin.getByRole("rowheader").first()).toContainText("Ben Krüger");
        await look(admin);
        await admin.getByRole("button", { name: say("action-save") }).click();
        // In the stories' data, people may be in a group of the kind already; then they are moved.
        const move = admin.getByLabel(say("team-moves-members"));
        if (await move.count()) {
          await look(admin);
          await move.check();
          await admin.getByRole("button", { name: say("action-save") }).click();
        }
        await expect(admin.getByText(say("team-was-added"))).toBeVisible();
        await look(admin);
        await admin.getByRole("link", { name: say(`${kind}-group-delete`), exact: true }).click();
        await expect(admin.getByText("Anna Weber")).toBeVisible();
        await expect(admin.getByRole("link", { name: say("team-delete-keep") })).toBeFocused();
        await look(admin);
        await admin.getByRole("button", { name: say(`${kind}-group-delete-submit`, { name: group }) }).click();
        await expect(admin.getByRole("link", { name: group, exact: true })).toHaveCount(0);
      });
    }

    test("D3 D4: who is deleted leaves every group, and a colleague gets the message", async ({ as, say, look }) => {
      const [last, full] = use.language === "de" ? ["Yılmaz", "Mehmet Yılmaz"] : ["Becker", "Marie Becker"];
      const admin = await as("enterprise-admin");
      await admin.goto(`/users?q=${last}`);
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("user-delete") }).click();
      for (const group of ["Vertrieb", "Empfang"]) {
        await expect(admin.getByRole("alertdialog").getByText(group).first()).toBeVisible();
      }
      await look(admin);
      const message = `${full} – ${use.language} – 9`;
      await admin.locator("#tell").check();
      await admin.getByLabel(say("user-delete-message-label")).fill(message);
      await admin.getByRole("button", { name: say("user-delete-submit", { name: full }) }).click();
      await expect(admin.getByRole("rowheader", { name: full })).toHaveCount(0);
      const operator = await as("operator");
      const letter = operator.getByRole("link").filter({ hasText: full });
      await expect(async () => {
        await operator.goto("/operator/mail");
        await expect(letter.first()).toBeVisible({ timeout: 500 });
      }).toPass();
      await letter.first().click();
      await expect(operator.getByText(message)).toBeVisible();
    });
  });
}
