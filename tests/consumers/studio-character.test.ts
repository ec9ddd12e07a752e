import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith, findChromium } from "./programs.ts";
import { accessFaults, type StudioPages, startStudio, waitForResult } from "./studio-page.ts";

describeWith(findChromium(), "characters in the studio", (chromium) => {
  let studio: StudioPages;
  beforeAll(async () => {
    studio = await startStudio(chromium);
  });
  afterAll(() => studio.close());

  test("a character is made from the form, and each of its tags plays", async () => {
    const { page, complaints } = await studio.open("kind=character&prompt=knight+with+a+red+cape&seed=3");
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    const frames = page.getByRole("list", { name: "Frames" }).getByRole("button");
    expect(await frames.count()).toBe(2);
    await page.getByLabel("Action and direction", { exact: true }).selectOption("walk_west");
    await expect.poll(() => frames.count()).toBe(8);
    expect(await accessFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
