import { expect, test } from "vitest";
import { composeFrames } from "../../service/wardrobe/compose-frames.ts";
import { joinWardrobes } from "../../service/wardrobe/join-wardrobes.ts";
import { openWardrobe, type ReadWardrobe } from "../../service/wardrobe/open-wardrobe.ts";
import { wardrobeFolder } from "../../service/wardrobe/wardrobe-folder.ts";
import { WARDROBE_FOLDER, wardrobe, wearing } from "./wardrobe.ts";

/** A folder with the same files, in which the capes are somebody's own and shared alike. */
const addedFolder: ReadWardrobe = async (name, at) => {
  const bytes = await wardrobeFolder(WARDROBE_FOLDER)(name, at);
  if (at || !/json/.test(name)) return bytes;
  const text = new TextDecoder().decode(bytes).replaceAll("cape/", "own/");
  const shared = text
    .replaceAll("OGA-BY 3.0", "CC-BY-SA 3.0")
    .replace('"shareAlike": false', '"shareAlike": true');
  return new TextEncoder().encode(shared);
};

test("a wardrobe that a user adds dresses the same people, and its parts say that they are shared alike", async () => {
  const both = joinWardrobes(wardrobe, await openWardrobe(addedFolder));
  expect([wardrobe.shareAlike, both.shareAlike]).toEqual([false, true]);
  const outfit = wearing("masculine", "head/human-male", ["own/wide", { cloth: "red" }]);
  const { drawn } = await composeFrames(both, outfit, { action: "walk", direction: "north" });
  const credits = await both.creditsOf(drawn);
  expect(credits.map(({ part, shareAlike }) => [part, shareAlike])).toEqual([
    ["body/body", false],
    ["head/human-male", false],
    ["own/wide", true],
  ]);
});
