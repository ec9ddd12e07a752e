import { expect, test } from "vitest";
import { gifAnimation } from "../../service/writers/gif-animation.ts";
import { writersFor } from "../../service/writers/index.ts";
import { ENGINES } from "../../shared/requests.ts";
import { blinkPackage, potionPackage } from "../asset/sample-packages.ts";
import { describeWriter } from "../contract/writer-contract.ts";

describeWriter(gifAnimation);

test("an animation becomes one GIF with its frames in order", () => {
  const asset = blinkPackage();
  const files = gifAnimation.write(asset, { folder: "" });
  expect(files.map(({ path, role, mediaType }) => [path, role, mediaType])).toEqual([
    [`${asset.name}.gif`, "gif", "image/gif"],
  ]);
});

test("pictures that are variations of each other are not an animation", () => {
  expect(writersFor(ENGINES, potionPackage(3).kind)).not.toContain(gifAnimation);
});
