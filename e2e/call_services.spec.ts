// Call services: users set their own, administrators act for them (R3), and everybody sees where a call goes.
import { expect, expectTitle, readers, test } from "./story.ts";

for (const { name: reader, use } of readers) {
  test.describe(reader, () => {
    test.use(use);

    test("S6: a user sets the own call services and profile, and finds colleagues", async ({ as, say, look }) => {
      const page = await as("user");
      await page.getByRole("link", { name: say("call-services-title"), exact: true }).click();
      await expectTitle(page, say("call-services-title"));
      await look(page);
      await page.getByLabel(say("field-forward-busy")).fill("99");
      await page.getByRole("button", { name: say("action-save") }).click();
      await expect(page.getByRole("alert")).toContainText(say("problem-unknown-extension", { field: say("field-forward-busy") }));
      await page.getByLabel(say("field-forward-busy")).fill("+49 211 9999999");
      await page.getByRole("button", { name: say("action-save") }).click();
      await expect(page.getByRole("status").first()).toContainText(say("call-services-saved"));
      await expect(page.getByLabel(say("field-forward-busy"))).toHaveValue("+492119999999");
      await page.getByLabel(say("field-forward-busy")).fill("");
      await page.getByRole("button", { name: say("action-save") }).click();
      await page.getByRole("link", { name: say("profile-title"), exact: true }).click();
      await expectTitle(page, say("profile-title"));
      await look(page);
      await page.getByRole("link", { name: say("phone-book-title"), exact: true }).click();
      await expectTitle(page, say("phone-book-title"));
      await look(page);
    });

    test("R3: an administrator acts for a user, and the banner says so until it ends", async ({ as, say, look }) => {
      const page = await as("site-admin");
      await page.goto("/users?state=activated");
      await page.getByRole("rowheader").getByRole("link").first().click();
      const name = (await page.getByRole("heading", { level: 1 }).textContent())!;
      await page.getByRole("button", { name: say("view-take", { name }) }).click();
      await expect(page.getByText(say("view-acting", { name }))).toBeVisible();
      await look(page);
      await page.getByRole("link", { name: say("call-services-title"), exact: true }).click();
      await page.getByLabel(say("call-services-dnd-on"), { exact: true }).check();
      await page.getByRole("button", { name: say("action-save") }).click();
      await expect(page.getByText(say("call-services-saved"))).toBeVisible();
      await page.getByLabel(say("call-services-dnd-on"), { exact: true }).uncheck();
      await page.getByRole("button", { name: say("action-save") }).click();
      await page.getByRole("button", { name: say("view-end") }).click();
      await expectTitle(page, name);
      await expect(page.getByText(say("view-acting", { name }))).toHaveCount(0);
      await expect(page.getByRole("cell").getByText(say("activity-on-behalf", { name }), { exact: true }).first()).toBeVisible();
      await page.getByRole("link", { name: say("reachability-link") }).click();
      await expectTitle(page, say("reachability-title", { name }));
      await look(page);
    });
  });
}
