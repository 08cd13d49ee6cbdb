// An activation that fails: the administrator asks, the operator sees it first, tries again or cancels.
import { expect, expectTitle, readers, test } from "./story.ts";
import { fillIn, openForm, send } from "./user_form.ts";

for (const { name: reader, use } of readers) {
  test.describe(reader, () => {
    test.use(use);

    test("S4 H1: the administrator asks the operator, who sees it first, chooses, tries again and cancels", async ({ as, say, look }) => {
      const [admin, operator] = [await as("site-admin"), await as("operator")];
      const name = use.language === "de" ? "Mara Stern" : "Nele Stern";
      const [firstName, lastName] = name.split(" ");
      await openForm(admin, say, "Düsseldorf");
      await fillIn(admin, say, { firstName, lastName, username: name.toLowerCase().replace(" ", "."), phone: "Snom D785" });
      await send(admin, say);
      await expectTitle(admin, say("login-details-title"));
      await admin.getByRole("link", { name: say("login-details-continue") }).click();
      await expectTitle(admin, name);
      const next = say("activation-next-operator", { at: "|" }).split("|")[0];
      await expect(async () => {
        await admin.reload();
        await expect(admin.locator("[data-until-active]")).toContainText(next, { timeout: 1_000 });
      }).toPass();
      await look(admin);

      const row = operator.getByRole("row").filter({ hasText: name });
      await operator.goto("/operator/activations");
      await expect(row).toContainText(next);
      await row.getByText(say("activation-fail"), { exact: true }).click();
      await row.getByLabel(say("activation-fail-choice")).selectOption({ label: say("failure-porting-unconfirmed") });
      await row.getByRole("button", { name: say("activation-fail-submit") }).click();
      await expect(row).toContainText(say("failure-porting-unconfirmed"));

      await admin.reload();
      await expect(admin.getByText(say("user-state-failed-reason", { reason: say("failure-porting-unconfirmed") }))).toBeVisible();
      await look(admin);
      const message = "Portierung liegt bei.\nPlease look again.";
      await admin.getByLabel(say("activation-ask-label")).fill(message);
      await admin.getByRole("button", { name: say("activation-ask-submit") }).click();
      await expect(admin.getByRole("status").filter({ hasText: say("activation-ask-done") })).toBeVisible();
      await expect(admin.getByRole("button", { name: say("activation-ask-submit") }), "once a day").toHaveCount(0);
      await expect(admin.locator(".notice .message")).toContainText("Please look again.");
      await look(admin);

      await operator.goto("/operator/activations?state=failed");
      await expect(row).toContainText("Please look again.");
      await expect(operator.getByRole("row").nth(1).or(operator.getByRole("row").nth(2)).filter({ hasText: name }), "who was asked about comes first").toHaveCount(1);
      await look(operator);
      await row.getByRole("button", { name: say("activation-retry-user", { name }) }).click();
      await expect(row).toContainText(say("state-pending"));
      await expect(row).not.toContainText("Please look again.");
      if (!use.javaScriptEnabled) await admin.reload();
      await expect(admin.locator(".head .badge")).toHaveText(say("state-pending"));

      await row.getByRole("link", { name: say("activation-cancel-user-label", { name }) }).click();
      await expectTitle(operator, say("activation-cancel-title", { name }));
      await look(operator);
      await operator.getByRole("button", { name: say("activation-cancel-submit", { name }) }).click();
      await expect(row).toHaveCount(0);
      expect((await admin.goto(admin.url()))?.status()).toBe(404);
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("S4: the queue is filtered, and the question before cancelling can be left", async ({ as, say }) => {
    const operator = await as("operator");
    await operator.goto("/operator/activations");
    await operator.getByLabel(say("activation-state"), { exact: true }).selectOption({ label: say("state-failed") });
    await operator.getByRole("button", { name: say("user-list-filter") }).click();
    await expect(operator.getByRole("rowheader", { name: "Finn Köhler" })).toBeVisible();
    await expect(operator.getByRole("rowheader", { name: "Elif Kaya" })).toHaveCount(0);
    await operator.getByRole("link", { name: say("activation-cancel-user-label", { name: "Finn Köhler" }) }).click();
    await expectTitle(operator, say("activation-cancel-title", { name: "Finn Köhler" }));
    await operator.getByRole("link", { name: say("user-delete-keep") }).click();
    await expect(operator.getByRole("rowheader", { name: "Finn Köhler" })).toBeVisible();
  });
});
