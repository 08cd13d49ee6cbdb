// Pages that are open follow what happens, whatever comes first.
import { expect, expectTitle, test } from "./story.ts";
import { activate, fillIn, openForm, send } from "./user_form.ts";

test("S3: an activation between a page and its stream is not missed", async ({ as, say }) => {
  const [admin, operator] = [await as("site-admin"), await as("operator")];
  let release = () => {};
  const released = new Promise<void>((done) => { release = done; });
  await admin.route("**/live?*", async (route) => {
    await released;
    await route.continue();
  });
  await openForm(admin, say, "Düsseldorf");
  await fillIn(admin, say, { firstName: "Frida", lastName: "Früh", username: "frida.frueh" });
  await send(admin, say);
  await expectTitle(admin, "Frida Früh");
  await activate(operator, say, "Frida Früh");
  await expect(admin.locator(".head .badge")).toHaveText(say("state-pending"));
  release();
  await expect(admin.locator(".head .badge")).toHaveText(say("state-activated"));
  await expect(admin.getByText(say("user-now-active", { name: "Frida Früh" }))).toBeVisible();
  await expect(admin.locator("#announcer")).toHaveText(say("live-user-state", { name: "Frida Früh", state: say("state-activated") }));
});

test("S3: the list follows too, and can be paused", async ({ as, say }) => {
  const [admin, operator] = [await as("site-admin"), await as("operator")];
  await openForm(admin, say, "Düsseldorf");
  await fillIn(admin, say, { firstName: "Lisa", lastName: "Liste", username: "lisa.liste" });
  await send(admin, say);
  await admin.goto("/users?q=Liste");
  const row = admin.getByRole("row").filter({ hasText: "Liste, Lisa" });
  await expect(row).toContainText(say("state-pending"));
  await admin.getByRole("button", { name: say("live-pause") }).click();
  await expect(admin.getByText(say("live-paused")).first()).toBeVisible();
  await activate(operator, say, "Lisa Liste");
  await expect(row).toContainText(say("state-pending"));
  await admin.getByRole("button", { name: say("live-resume") }).click();
  await expect(row).toContainText(say("state-activated"));
});
