import { decodeImage } from "../../service/codecs/decode-image.ts";
import { character } from "../../service/kinds/character/kind.ts";
import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import { crop, type PixelImage } from "../../service/pixel/image.ts";
import type { CharacterInfo } from "../../shared/character.ts";
import { createTestWorker, quiet, targetOf } from "./test-worker.ts";

const worker = createTestWorker();

export interface MadeCharacter extends MadeAsset {
  info: CharacterInfo;
  /** The frames of a tag, in order, cut from the sheet. */
  framesOf: (tag: string) => PixelImage[];
  /** The text of a file by the end of its name. */
  textOf: (ending: string) => string;
  /** The picture of a role: portrait, icon. */
  pictureOf: (role: string) => Promise<PixelImage>;
}

/** Makes a character through a worker, as the service does, and cuts its frames from the sheet. */
export async function makeCharacter(raw: object): Promise<MadeCharacter> {
  const { request, ignored } = character.parse(raw);
  const from = { request: { ...request }, ignored, sheets: null };
  const made = await worker.make({ kind: "character", from, target: targetOf("hero") }, quiet());
  const info = made.manifest.character!;
  const sheet = await decodeImage(made.files.find(({ role }) => role === "sheet")!.bytes, "sheet");
  const tags = info.actions.flatMap((action) => action.tags);
  return {
    ...made,
    info,
    framesOf: (name) => {
      const { from: first, to } = tags.find((tag) => tag.name === name)!;
      return info.frames.slice(first, to + 1).map(({ frame: { x, y, w, h } }) => crop(sheet, x, y, w, h));
    },
    pictureOf: (role) => decodeImage(made.files.find((file) => file.role === role)!.bytes, role),
    textOf: (ending) =>
      Buffer.from(made.files.find(({ path }) => path.endsWith(ending))!.bytes).toString("utf8"),
  };
}
