import { SpriteRequest } from "../../../shared/requests.ts";
import { safeName } from "../../words/safe-name.ts";
import { type AnswerParts, filesOf, type Kind } from "../kind.ts";
import { isTileId } from "../tile-id.ts";
import { SpriteAnswer } from "./answer.ts";
import { parseSpriteRequest } from "./parse.ts";

/** Sprites: still pictures from a prompt. */
export const sprite: Kind<SpriteRequest> = {
  id: "sprite",
  prefix: "spr",
  path: "/v1/sprites",
  operation: "createSprite",
  tag: "sprites",
  verb: "sprite",
  summary: "Makes sprites from a prompt",
  title: "Sprite",
  needs: "generator",
  request: SpriteRequest,
  answer: SpriteAnswer,
  takesStyle: true,
  parse: parseSpriteRequest,
  nameOf: ({ prompt }) => safeName(prompt),
  publishedTiles: ({ style_reference: id }) =>
    id !== undefined && isTileId(id) ? [{ field: "style_reference", id }] : [],
  answerOf,
  command: async () => (await import("./command.ts")).spriteCommand,
  maker: async () => (await import("./make.ts")).spriteMaker,
};

async function answerOf(parts: AnswerParts) {
  const { manifest, read } = parts;
  const { images, request, provenance } = manifest;
  const picturesOf = async (role: string): Promise<string[]> => {
    const files = await Promise.all(filesOf(manifest, role).map(read));
    return files.map((bytes) => Buffer.from(bytes).toString("base64"));
  };
  return {
    shown: images.map(({ file }) => file),
    fields: {
      model: provenance.model?.id ?? null,
      prompt_style: String(request.prompt_style),
      ...(manifest.unmet_words ? { unmet_words: manifest.unmet_words } : {}),
      ...(request.return_pre_palette === true ? { pre_palette_images: await picturesOf("pre_palette") } : {}),
      ...(request.return_non_bg_removed === true
        ? { non_bg_removed_images: await picturesOf("non_bg_removed") }
        : {}),
    },
  };
}
