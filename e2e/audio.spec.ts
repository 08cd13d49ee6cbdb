// Music and announcements of one's own: uploaded without a script, listened to, refused with a reason, removed.
import type { Page } from "@playwright/test";
import { expect, readers, test } from "./story.ts";

// A second of silence as WAV: 16 bits, one channel, 8 kHz.
function wav(): Buffer {
  const data = Buffer.alloc(16_000);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** How long it plays: the policy of the page lets it be played. */
function seconds(page: Page): Promise<number> {
  return page.locator("audio").evaluate((player: HTMLAudioElement) => new Promise<number>((done, failed) => {
    player.onloadedmetadata = () => done(player.duration);
    player.onerror = () => failed(new Error("not played"));
    player.preload = "auto";
    player.load();
  }));
}

for (const { name, use } of readers) {
  test.describe(name, () => {
    test.use(use);

    test("G2 G4: music is uploaded, heard in the browser and removed, and a wrong file is explained", async ({ as, say, look }) => {
      const admin = await as("enterprise-admin");
      await admin.goto("/enterprise");
      await admin.getByRole("rowheader").getByRole("link").first().click();
      await admin.getByRole("link", { name: say("site-audio-open") }).click();
      await look(admin);
      const field = admin.getByLabel(say("audio-choose", { kind: say("field-music") }));
      const upload = admin.getByRole("button", { name: say("audio-upload-of", { kind: say("field-music") }) });
      await field.setInputFiles({ name: "music.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("ID3 an mp3 file") });
      await upload.click();
      await expect(admin.getByText(say("problem-audio-not-wav")).last()).toBeVisible();
      await look(admin);
      await field.setInputFiles({ name: "Sommer.wav", mimeType: "audio/wav", buffer: wav() });
      await upload.click();
      await expect(admin.getByText("Sommer.wav")).toBeVisible();
      await expect(admin.getByText(say("audio-heard-own"))).toBeVisible();
      await look(admin);
      if (use.javaScriptEnabled) expect(await seconds(admin)).toBeCloseTo(1);
      const source = await admin.locator("audio").getAttribute("src") ?? "";
      expect((await admin.request.get(source)).headers()["content-type"]).toBe("audio/wav");
      await admin.getByRole("button", { name: say("audio-remove-of", { kind: say("field-music") }) }).click();
      await expect(admin.getByText("Sommer.wav")).toHaveCount(0);
    });
  });
}
