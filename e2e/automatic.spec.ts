// Klinke activates by itself: the administrator does nothing and sees it happen.
import { expect, expectTitle, test } from "./story.ts";
import { fillIn, openForm, send } from "./user_form.ts";

test.use({ activation: "automatic" });

test("S1 S3 U5: a user without a desk phone is added and becomes active without anybody's doing", async ({ as, say }) => {
  const admin = await as("site-admin");
  await openForm(admin, say, "Düsseldorf");
  await fillIn(admin, say, { firstName: "Auguste", lastName: "Matt", username: "auguste.matt" });
  await send(admin, say);
  await expectTitle(admin, "Auguste Matt");
  await expect(admin.getByText(say("user-phone-none"))).toBeVisible();
  await expect(admin.getByRole("link", { name: say("user-phone-new-login") })).toHaveCount(0);
  await expect(admin.locator(".head .badge")).toHaveText(say("state-activated"));
  await admin.goto("/users?q=Matt");
  await expect(admin.getByRole("row").filter({ hasText: "Matt, Auguste" })).toContainText(say("state-activated"));
});
