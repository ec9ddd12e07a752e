import type { CharacterFigures } from "./characters.ts";
import type { ControlFigures } from "./controls.ts";
import type { Figures, RealFigures } from "./figures.ts";
import type { Recall } from "./rank.ts";

/** All that a run says; what report.json holds. */
export interface Report {
  model: { id: string; sha256: string; title: string };
  /** Real sprites that the evaluator did not see: the scale for the rest. */
  real: RealFigures;
  modes: Figures[];
  /** Walkers in four directions: their people do not come from the network, so the modes share them. */
  characters: CharacterFigures;
  controls: ControlFigures;
}

/** Around the part of a model card that is written by this program. */
const BEGIN = "<!-- figures of npm run eval: begin -->";
const END = "<!-- figures of npm run eval: end -->";

type Row = readonly [label: string, ofMode: (figures: Figures) => string, ofReal: string];

/** Writes the figures as Markdown tables: one column a mode and the real sprites last; then the characters. */
export function writeMarkdown(report: Report): string {
  return `${writeModes(report)}\n${writeControls(report.controls)}\n${writeCharacters(report.characters)}`;
}

function writeCharacters({ characters, features, colors, ...walk }: CharacterFigures): string {
  const both = ({ same, other }: { same: number; other: number }, show: (value: number) => string) =>
    `${show(same)} / ${show(other)}`;
  const rows = [
    [`${characters} characters walking in four directions`, ""],
    [
      "feature distance: views of one character / two characters from the same side",
      both(features, (one) => one.toFixed(2)),
    ],
    ["colors in common: views of one character / two characters from the same side", both(colors, percent)],
    [
      "drawn pixels that change between frames; repeated frames",
      `${percent(walk.step)}; ${percent(walk.repeated)}`,
    ],
    [
      "walks that loop cleanly: the change from last to first frame is no larger than any other",
      percent(walk.closed),
    ],
  ];
  return writePairs(rows);
}

function writeControls({ palette, joint }: ControlFigures): string {
  return writePairs([
    ["how the network itself uses what it is given", ""],
    [
      `distance of a pixel from the palette (OKLab), ${palette.pictures} pictures: palette given / not given`,
      `${palette.told.toFixed(3)} / ${palette.untold.toFixed(3)}`,
    ],
    [
      `right halves drawn for ${joint.pictures} left halves of real sprites: color step across the seam (1 = as in the sprite)`,
      joint.drawn.toFixed(2),
    ],
  ]);
}

/** A table of two columns; the first pair is its head. */
function writePairs(rows: readonly (readonly string[])[]): string {
  const [head, ...rest] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return `${[head, "| --- | --- |", ...rest].join("\n")}\n`;
}

function writeModes({ real, modes }: Report): string {
  const rows = [...retrievalRows(real, modes), ...pictureRows(real), ...memorizationRows(real, modes)];
  const head = ["", ...modes.map(titleOf), "real sprites"];
  const lines = [head, head.map(() => "---"), ...rows.map((row) => lineOf(row, modes))];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

/** Puts text between the markers of a card. Throws an Error for a card without them. */
export function fillCard(card: string, text: string): string {
  const [from, to] = [card.indexOf(BEGIN), card.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`Expected "${BEGIN}" and "${END}" in the card.`);
  return `${card.slice(0, from + BEGIN.length)}\n${text.trim()}\n${card.slice(to)}`;
}

function lineOf([label, ofMode, ofReal]: Row, modes: readonly Figures[]): string[] {
  return [label, ...modes.map(ofMode), ofReal];
}

function titleOf({ exemplars }: Figures): string {
  return exemplars === "off" ? "text alone" : `exemplars ${exemplars}`;
}

function retrievalRows(real: RealFigures, modes: readonly Figures[]): Row[] {
  const things = modes[0]?.things ?? 0;
  return [
    [
      `prompt finds its picture among ${things}, R@1 / R@5`,
      ({ retrieval }) => recall(retrieval.things.promptToImage),
      `${recall(real.byCaption.promptToImage)} by caption, ${recall(real.byWord.promptToImage)} by one word`,
    ],
    [
      "R@1 relative to that of real sprites, by caption / by one word",
      ({ retrieval }) => {
        const mine = retrieval.things.promptToImage.r1;
        return `${percent(mine / real.byCaption.promptToImage.r1)} / ${percent(mine / real.byWord.promptToImage.r1)}`;
      },
      "100 %",
    ],
    [
      "picture finds its prompt, R@1 / R@5",
      ({ retrieval }) => recall(retrieval.things.imageToPrompt),
      `${recall(real.byCaption.imageToPrompt)} by caption, ${recall(real.byWord.imageToPrompt)} by one word`,
    ],
    [
      "the same with the prompts shuffled: prompt to picture",
      ({ retrieval }) => recall(retrieval.shuffled.promptToImage),
      "",
    ],
    [
      `R@1 / R@5 for the ${modes[0]?.retrieval.known.prompts} prompts whose words the evaluator has seen`,
      ({ retrieval }) => recall(retrieval.known.promptToImage),
      `${recall(real.seen.promptToImage)} with pictures it was trained on (${real.seen.things} things)`,
    ],
    [
      "only pictures started from an exemplar: as drawn / the untouched exemplars, R@1",
      ({ retrieval: { started } }) =>
        started.pictures === 0 ? "" : `${percent(started.samples.r1)} / ${percent(started.exemplars.r1)}`,
      "",
    ],
    ["concepts outside the training captions, R@1 / R@5", ({ retrieval }) => recall(retrieval.outside), ""],
  ];
}

function pictureRows(real: RealFigures): Row[] {
  return [
    [
      "KID x 1000 against the training sprites (0 = identical)",
      (one) => (1000 * one.kernelDistance).toFixed(1),
      (1000 * real.kernelDistance).toFixed(1),
    ],
    [
      "difference between seeds of one prompt: features / share of drawn pixels",
      ({ diversity }) => `${diversity.feature.toFixed(2)} / ${diversity.pixels.toFixed(2)}`,
      "",
    ],
    [
      "feature distance between prompts",
      ({ diversity }) => diversity.featureBetweenPrompts.toFixed(2),
      real.featureBetween.toFixed(2),
    ],
    [
      "colors per picture, mean / most",
      ({ validity }) => `${validity.meanColors.toFixed(1)} / ${validity.mostColors}`,
      `${real.validity.meanColors.toFixed(1)} / ${real.validity.mostColors}`,
    ],
    [
      "orphan pixels (no neighbor of the same color)",
      ({ validity }) => percent(validity.orphanShare),
      percent(real.validity.orphanShare),
    ],
    [
      "half-transparent pixels; empty pictures; full canvases",
      ({ validity }) => `${validity.partialAlpha}; ${validity.empty}; ${validity.full}`,
      `${real.validity.partialAlpha}; ${real.validity.empty}; ${real.validity.full}`,
    ],
    [
      "seam ratio of tiles, mean x / y (1 = as smooth as inside)",
      ({ seams }) => `${seams.x.mean.toFixed(2)} / ${seams.y.mean.toFixed(2)}`,
      "",
    ],
    [
      "seam ratio of tiles, worst x / y",
      ({ seams }) => `${seams.x.worst.toFixed(2)} / ${seams.y.worst.toFixed(2)}`,
      "",
    ],
  ];
}

function memorizationRows(real: RealFigures, modes: readonly Figures[]): Row[] {
  const threshold = modes[0]?.memorization.threshold ?? 0;
  return [
    [
      "distance from the nearest training picture, median",
      ({ memorization }) => memorization.medianDistance.toFixed(2),
      real.memorization.medianDistance.toFixed(2),
    ],
    [
      `pictures closer than the copy threshold (${threshold})`,
      ({ memorization }) => percent(memorization.shareClose),
      percent(real.memorization.shareClose),
    ],
    [
      "the same by list: things, colors, portraits, outside, tiles",
      ({ memorization: { shareCloseByGroup: share } }) =>
        [share.things, share.colors, share.portraits, share.outside, share.tiles]
          .map((one) => percent(one ?? 0))
          .join(", "),
      "",
    ],
    [
      "the same, not counting the exemplar it started from",
      ({ memorization }) => percent(memorization.shareCloseBesideExemplar),
      "",
    ],
    [
      "pictures started from an exemplar; median distance from it; closer than the copy threshold",
      ({ memorization: { started, medianToExemplar, shareCloseToExemplar } }) =>
        started === 0 ? "0" : `${started}; ${medianToExemplar.toFixed(2)}; ${percent(shareCloseToExemplar)}`,
      "",
    ],
  ];
}

function recall({ r1, r5 }: Recall): string {
  return `${percent(r1)} / ${percent(r5)}`;
}

/** One decimal below ten: shares of 400 pictures say no more. */
function percent(share: number): string {
  const value = 100 * share;
  return `${value.toFixed(Math.abs(value) < 10 ? 1 : 0)} %`;
}
