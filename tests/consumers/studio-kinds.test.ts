import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith, findChromium } from "./programs.ts";
import { accessFaults, type StudioPages, shownColors, startStudio, waitForResult } from "./studio-page.ts";

/** What the canvas of the view shows, as one short text: equal when every pixel is. */
const picture = (page: Page): Promise<string> =>
  page
    .locator("#stage-view canvas")
    .first()
    .evaluate((canvas: { toDataURL(): string }) => canvas.toDataURL());

async function accept(page: Page, engine: string): Promise<string[]> {
  await page.getByLabel(engine, { exact: true }).check();
  await page.getByRole("button", { name: "Accept" }).click();
  const written = page.getByRole("list", { name: "Files in the project" });
  await written.waitFor({ timeout: 60_000 });
  return written.getByRole("listitem").allTextContents();
}

describeWith(findChromium(), "tilesets, animations and tiles in the studio", (chromium) => {
  let studio: StudioPages;
  beforeAll(async () => {
    studio = await startStudio(chromium);
  });
  afterAll(() => studio.close());

  test("a terrain set is painted with mouse and keys, cleared, filled at random, and accepted", async () => {
    const { page, complaints } = await studio.open(
      "kind=tileset&upper_description=grass&lower_description=water&seed=3&steps=4",
    );
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    const map = page.getByRole("application", { name: /^Terrain map/ });
    const random = await picture(page);
    await page.getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => picture(page)).not.toBe(random);
    const water = await picture(page);

    await map.click({ position: { x: 150, y: 120 } });
    await page.mouse.move(2, 2);
    await expect.poll(() => picture(page)).not.toBe(water);
    await map.click({ position: { x: 150, y: 120 }, button: "right" });
    await page.mouse.move(2, 2);
    await expect.poll(() => picture(page)).toBe(water);

    await map.focus();
    await page.keyboard.press("Space");
    await expect.poll(() => picture(page)).not.toBe(water);
    await page.keyboard.press("x");
    await page.keyboard.press("Space");
    await page.mouse.move(400, 300);
    await page.mouse.move(2, 2);
    await expect.poll(() => picture(page)).toBe(water);

    await page.getByRole("button", { name: "Random terrain" }).click();
    expect((await shownColors(page)).length).toBeGreaterThan(3);
    expect(await page.getByText("cells without a tile").count()).toBe(0);
    expect(await accessFaults(page)).toEqual([]);

    const files = await accept(page, "tiled");
    expect(files.some((file) => file.endsWith(".tsj"))).toBe(true);
    for (const file of files) expect(existsSync(join(studio.project, file)), file).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(["edge16", "blob47", "dual_grid", "sidescroller"])(
    "a map of %s has a tile in every cell",
    async (type) => {
      const { page, complaints } = await studio.open(
        `kind=tileset&upper_description=grass&lower_description=dirt&tileset_type=${type}&seed=3&steps=4`,
      );
      await page.keyboard.press("Control+Enter");
      await waitForResult(page);
      for (let i = 0; i < 3; i++) {
        expect(await page.getByText("cells without a tile").count()).toBe(0);
        await page.getByRole("button", { name: "Random terrain" }).click();
      }
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test("an animation plays, pauses on Space, steps by keys, and turns", async () => {
    const { page, complaints } = await studio.open(
      "kind=animation&prompt=knight+in+blue&actions=walk%2Cattack&directions=4&frames_duration=4&seed=3",
    );
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    const frames = page.getByRole("list", { name: "Frames" }).getByRole("button");
    expect(await frames.count()).toBe(4);
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await frames.first().click();
    const first = await picture(page);
    await page.keyboard.press(".");
    await page.getByRole("img", { name: "Frame 2 of 4" }).waitFor();
    await expect.poll(() => picture(page)).not.toBe(first);
    await page.keyboard.press(",");
    await page.getByRole("img", { name: "Frame 1 of 4" }).waitFor();
    await expect.poll(() => picture(page)).toBe(first);
    await page.keyboard.press("o");
    await expect.poll(() => picture(page)).not.toBe(first);
    await page.keyboard.press("o");
    await page.getByLabel("Action and direction", { exact: true }).selectOption("attack_west");
    await expect.poll(() => picture(page)).not.toBe(first);
    expect(await accessFaults(page)).toEqual([]);
    const files = await accept(page, "godot");
    expect(files.some((file) => file.endsWith(".tres"))).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("who wants less motion gets an animation that stands still", async () => {
    const { page } = await studio.open("kind=sprite", { reducedMotion: "reduce" });
    await page.getByRole("tab", { name: "history" }).click();
    await page
      .getByRole("list", { name: "Assets" })
      .getByTitle(/animation$/)
      .first()
      .click();
    await waitForResult(page);
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.close();
  });

  test("tiles open tiled, and one of several variations is accepted", async () => {
    const { page, complaints } = await studio.open(
      "kind=tile&prompt=mossy+stone&seed=5&num_images=2&steps=4",
    );
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "Pixels" }).click();
    const colors = await shownColors(page);
    await page.getByRole("tab", { name: "Tiled" }).click();
    expect(await shownColors(page)).toEqual(colors);
    const files = await accept(page, "godot");
    expect(files.filter((file) => file.endsWith(".png"))).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
