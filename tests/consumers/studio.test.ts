import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { getJson, post } from "../service/service-process.ts";
import { describeWith, findChromium } from "./programs.ts";
import { accessFaults, type StudioPages, shownColors, startStudio, waitForResult } from "./studio-page.ts";

const QUICK = "steps=4";

describeWith(findChromium(), "the studio in a browser, on the real service", (chromium) => {
  let studio: StudioPages;
  beforeAll(async () => {
    studio = await startStudio(chromium);
  });
  afterAll(() => studio.close());

  test("generate, look, look at it tiled, accept: the files lie in the project as they were shown", async () => {
    const { page, complaints, foreign } = await studio.open(`kind=sprite&${QUICK}`);
    await page.getByLabel("Prompt").fill("red potion");
    await page.getByLabel("Images", { exact: true }).fill("2");
    await page.getByRole("button", { name: "Generate" }).click();
    await waitForResult(page);
    const images = page.getByRole("listbox", { name: "Images" }).getByRole("option");
    expect(await images.count()).toBe(2);
    await images.nth(1).click();
    await page.getByRole("tab", { name: "Pixels" }).click();
    const colors = await shownColors(page);
    expect(colors.length).toBeGreaterThan(2);

    await page.getByRole("tab", { name: "Tiled" }).click();
    await page.getByRole("button", { name: "Seam heat" }).click();
    const tiled = page.getByRole("img", { name: /3 by 3 times/ });
    expect(await tiled.getAttribute("aria-label")).toMatch(/seam x [\d.]+, y [\d.]+/);
    expect(Number(await tiled.getAttribute("width")) % (3 * 32)).toBe(0);

    await page.getByLabel("Folder").fill("art/items");
    await page.getByLabel("Name", { exact: true }).fill("potion");
    await page.getByLabel("godot").check();
    await page.getByRole("button", { name: "Accept" }).click();
    const written = page.getByRole("list", { name: "Files in the project" });
    await written.waitFor({ timeout: 60_000 });
    const files = await written.getByRole("listitem").allTextContents();
    expect(files).toContain("art/items/potion.tres");
    for (const file of files) expect(existsSync(join(studio.project, file)), file).toBe(true);
    const image = await decodeImage(
      await readFile(join(studio.project, "art/items/potion.png")),
      "potion.png",
    );
    expect([...colorsOf(image)].sort()).toEqual(colors);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await page.close();
  });

  test("the policy lets neither foreign scripts nor inline ones run, and nobody frames the page", async () => {
    const { page } = await studio.open();
    const policy = (await fetch(studio.service.url)).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    const ran = await page.evaluate(`(async () => {
      const script = document.createElement("script");
      script.textContent = "globalThis.planted = true";
      document.body.append(script);
      const fetched = await fetch("https://example.com/").then(() => "fetched", () => "refused");
      return [globalThis.planted ?? false, fetched];
    })()`);
    expect(ran).toEqual([false, "refused"]);
    await page.close();
  });

  test("keys alone: Ctrl+Enter generates, arrows choose, brackets turn views, ? shows the keys", async () => {
    const { page, complaints } = await studio.open(`kind=sprite&num_images=3&${QUICK}`);
    await page.keyboard.press("p");
    await page.keyboard.type("blue key");
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    await page.getByRole("listbox", { name: "Images" }).getByRole("option").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.getByText("3 of 3").waitFor();
    await page.keyboard.press("c");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("c");
    await page.keyboard.press("[");
    await page.getByRole("tab", { name: "Compare 2", selected: true }).waitFor();
    expect(await page.getByRole("list", { name: "Compared images" }).getByRole("img").count()).toBe(2);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("2");
    const tile = page.getByRole("button", { name: "Tile", exact: true });
    await expect.poll(() => tile.getAttribute("aria-current")).toBe("page");
    await page.keyboard.press("a");
    await page.locator("#accept-name:focus").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("what the service refuses stands at its field, and goes when the field changes", async () => {
    const { page } = await studio.open("kind=sprite&prompt=key&width=999");
    await page.keyboard.press("Control+Enter");
    const width = page.getByLabel("Width", { exact: true });
    await page.locator("#field-width-error").waitFor();
    expect(await page.locator("#field-width-error").textContent()).toMatch(/at most 256.*999/);
    expect(await width.getAttribute("aria-invalid")).toBe("true");
    expect(await width.getAttribute("aria-describedby")).toContain("field-width-error");
    await width.fill("32");
    await page.locator("#field-width-error").waitFor({ state: "detached" });
    await page.close();
  });

  test("the address keeps the form: a reload brings it back", async () => {
    const { page } = await studio.open("kind=tile");
    await page.getByLabel("Prompt").fill("mossy stone");
    await page.getByRole("button", { name: "48", exact: true }).click();
    await page.getByLabel("Seed", { exact: true }).fill("77");
    await page.getByLabel("Palette", { exact: true }).selectOption("pico-8");
    await page.waitForURL(/pico-8/);
    await page.reload();
    await page.waitForSelector(".light.on");
    expect(await page.getByLabel("Prompt").inputValue()).toBe("mossy stone");
    expect(await page.getByLabel("Width", { exact: true }).inputValue()).toBe("48");
    expect(await page.getByLabel("Seed", { exact: true }).inputValue()).toBe("77");
    expect(await page.getByRole("button", { name: "Lock the seed" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    await page
      .getByLabel("Palette", { exact: true })
      .locator("option:checked", { hasText: "PICO-8" })
      .waitFor({
        state: "attached",
      });
    await page.close();
  });

  test("an imported palette is edited, and the picture keeps to it", async () => {
    const { page } = await studio.open(`kind=sprite&prompt=red+apple&seed=3&${QUICK}`);
    const text = "GIMP Palette\nName: Dusk\n#\n26 28 44\n177 62 83\n255 205 117\n0 255 0\n";
    const file = { name: "dusk.gpl", mimeType: "text/plain", buffer: Buffer.from(text) };
    await page.getByLabel(/^Palette file/).setInputFiles(file);
    await page.getByText("4 colors of Dusk imported.").waitFor();
    await page.getByRole("button", { name: "Color #00ff00" }).focus();
    await page.keyboard.press("Delete");
    await page.getByRole("button", { name: "Color #ffcd75" }).focus();
    await page.keyboard.press("Shift+ArrowLeft");
    const swatches = page.locator(".request .swatches .swatch");
    const shown = ["#1a1c2c", "#ffcd75", "#b13e53"];
    await expect
      .poll(() => swatches.evaluateAll((all: { title: string }[]) => all.map(({ title }) => title)))
      .toEqual(shown);
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    for (const color of await shownColors(page)) expect(shown).toContain(color);
    await page.close();
  });

  test("a picture is put in, made into pixel art, and its grid shown", async () => {
    const { body } = await post(`${studio.service.url}/v1/sprites`, {
      prompt: "green gem",
      seed: 1,
      steps: 4,
      upscale_output_factor: 4,
    });
    const [base64 = ""] = body.base64_images as string[];
    const { page, complaints } = await studio.open("kind=pixelate");
    const file = { name: "gem.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") };
    await page.getByLabel("Picture", { exact: true }).setInputFiles(file);
    await page.getByRole("img", { name: "Start: gem.png" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    expect(await page.locator(".stage-title").textContent()).toContain("32×32");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a mask beside the picture has its part drawn anew; a wrong one is said at its field", async () => {
    const fill = (edge: number, bytes: readonly number[]): PixelImage => ({
      width: edge,
      height: edge,
      data: Uint8Array.from({ length: 4 * edge * edge }, (_, i) => bytes[i % 4] ?? 0),
    });
    const fileOf = async (name: string, image: PixelImage) => {
      return { name, mimeType: "image/png", buffer: Buffer.from(await encodePng(image)) };
    };
    const { page, complaints } = await studio.open(`kind=sprite&prompt=gem&seed=2&${QUICK}`);
    const mask = page.getByLabel("Mask: white is drawn anew", { exact: true });
    expect(await mask.count()).toBe(0);
    const picture = await fileOf("ground.png", fill(16, [90, 60, 40, 255]));
    await page.getByLabel("Start from a picture", { exact: true }).setInputFiles(picture);
    await mask.setInputFiles(await fileOf("wrong.png", fill(8, [255, 255, 255, 255])));
    await page.getByRole("img", { name: "Mask: wrong.png" }).waitFor();
    await page.keyboard.press("Control+Enter");
    const said = page.locator("#mask_image-error");
    await said.waitFor();
    expect(await said.textContent()).toContain("16x16, the size of input_image");
    await mask.setInputFiles(await fileOf("mask.png", fill(16, [255, 255, 255, 255])));
    await page.getByRole("img", { name: "Mask: mask.png" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    expect(await page.locator(".stage-title").textContent()).toContain("16×16");
    expect(complaints.filter((text) => !text.includes("422"))).toEqual([]);
    await page.close();
  });

  test("a variation starts from the chosen image", async () => {
    const { page } = await studio.open(`kind=sprite&prompt=green+gem&seed=9&${QUICK}`);
    await page.keyboard.press("Control+Enter");
    await waitForResult(page);
    await page.getByRole("button", { name: "Variation" }).click();
    await page.getByRole("option", { name: /^green-gem 4/ }).waitFor({ timeout: 120_000 });
    const { body } = await getJson(`${studio.service.url}/v1/assets?limit=1`);
    const [{ url }] = body.assets as [{ url: string }];
    const manifest = (await getJson(studio.service.url + url)).body as { request: Record<string, unknown> };
    expect(manifest.request).toMatchObject({ prompt: "green gem", strength: 0.45, num_images: 4 });
    expect(String(manifest.request.input_image).length).toBeGreaterThan(100);
    await page.close();
  });

  test("a job is seen with its progress and cancelled", async () => {
    const { page } = await studio.open("kind=sprite&prompt=castle&num_images=16&steps=100");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("tab", { name: /^jobs/ }).click();
    // Not click(): it waits for two calm frames, and on a busy machine the job may be done by then.
    await page.getByRole("button", { name: "Cancel castle" }).dispatchEvent("click");
    await page.getByText("sprite · cancelled").waitFor({ timeout: 60_000 });
    expect(await page.locator(".stage").getAttribute("aria-busy")).toBe("false");
    await page.close();
  });

  test("what was made before is opened again from the history", async () => {
    const { page } = await studio.open();
    await page.getByRole("tab", { name: "history" }).click();
    await page.getByRole("list", { name: "Assets" }).getByRole("button").last().click();
    await waitForResult(page);
    expect(await page.locator(".stage-title").textContent()).toContain("red-potion");
    await page.getByRole("tab", { name: "details" }).click();
    await page.getByText("Origin and license").waitFor();
    expect(await page.locator(".facts").textContent()).toMatch(/embedded-v1.*CC0/);
    await page.getByLabel("Name", { exact: true }).fill("Not A Name");
    await page.getByRole("button", { name: "Accept" }).click();
    expect(await page.locator("#accept-name-error").textContent()).toContain("a-z, 0-9");
    await page.close();
  });

  test.each(["dark", "light"] as const)(
    "every control has a name and every text contrast, %s",
    async (colorScheme) => {
      const { page } = await studio.open("kind=sprite", { colorScheme, reducedMotion: "reduce" });
      await page.getByRole("tab", { name: "history" }).click();
      await page.getByRole("list", { name: "Assets" }).getByRole("button").first().click();
      await waitForResult(page);
      await page.locator("summary").click();
      for (const side of ["details", "jobs", "history"]) {
        await page.getByRole("tab", { name: side }).click();
        await page.locator(`#side-panel[aria-labelledby=side-${side}]`).waitFor();
        expect(await accessFaults(page), side).toEqual([]);
      }
      for (const kind of ["Tile", "Tileset", "Animation", "Pixelate"]) {
        await page.getByRole("button", { name: kind, exact: true }).click();
        await page.locator("[aria-current=page]", { hasText: new RegExp(`^${kind}$`) }).waitFor();
        expect(await accessFaults(page), kind).toEqual([]);
      }
      await page.close();
    },
  );
});

describeWith(findChromium(), "the studio of a service with a token", (chromium) => {
  test("takes the token of the fragment, hides it at once, and works", async () => {
    const studio = await startStudio(chromium, { PIXELKILN_TOKEN: "a-secret-of-some-length" });
    try {
      const { page } = await studio.open("token=a-secret-of-some-length&kind=tile");
      await page.waitForURL(/#kind=tile/);
      expect(page.url()).not.toContain("secret");
      await page.getByLabel("Style").locator("option").nth(3).waitFor({ state: "attached" });
    } finally {
      await studio.close();
    }
  });
});
