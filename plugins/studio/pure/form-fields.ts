import { type Field, inputOf, inWords } from "./field.ts";
import { type Kind, needs, propertiesOf, type Schema } from "./kind.ts";

/** Parts of the form, in the order in which they are shown. */
export const GROUPS = ["subject", "shape", "color", "advanced"] as const;
export type FieldGroup = (typeof GROUPS)[number];

/** Where a field stands and how it is called, where its schema alone would not do. */
interface Place {
  group?: FieldGroup;
  label?: string;
  placeholder?: string;
  lines?: number;
  isExplained?: true;
}

/** Fields that are well known; each is shown for the kinds that have it. All others are "advanced". */
const PLACES: Readonly<Record<string, Place>> = {
  prompt: { group: "subject", lines: 3 },
  upper_description: { group: "subject", label: "Upper terrain", placeholder: "grass" },
  lower_description: { group: "subject", label: "Lower terrain", placeholder: "water" },
  transition_description: {
    group: "subject",
    label: "Between them",
    placeholder: "sand; empty: a drawn edge",
  },
  actions: { group: "subject" },
  directions: { group: "subject" },
  tileset_type: { group: "shape", label: "Type" },
  tile_size: { group: "shape" },
  shape_style: { group: "shape", label: "Border" },
  transition_size: { group: "shape", label: "Border width" },
  raggedness: { group: "shape" },
  variants: { group: "shape" },
  pixel_size: { group: "shape", isExplained: true },
  size: { group: "shape" },
  width: { group: "shape" },
  height: { group: "shape" },
  num_images: { group: "shape", label: "Images" },
  frames_duration: { group: "shape", label: "Frames", placeholder: "8" },
  fps: { group: "shape", label: "Per second", placeholder: "8" },
  color_count: { group: "color", label: "Most colors" },
  dither_mode: { group: "color", label: "Dither" },
  negative_prompt: { label: "Not in it", placeholder: "what the picture should not be" },
  steps: { placeholder: "model" },
  guidance_scale: { label: "Guidance", placeholder: "model" },
  exemplars: { isExplained: true },
  upscale_output_factor: { label: "Enlarge" },
  outline_color: {},
  direction: { label: "Faces" },
  remove_bg: { label: "Remove background" },
  despeckle: { label: "Remove specks" },
  tile_x: { label: "Seamless left to right" },
  tile_y: { label: "Seamless top to bottom" },
  repair: { label: "Only mend the seams of the picture" },
  seam_width: { isExplained: true },
  animated: { label: "Moving terrain" },
  animation_frames: { label: "Its frames" },
  animation_frame_ms: { label: "Frame time, ms" },
  extrude: { isExplained: true },
  action_description: { label: "Custom action", placeholder: "sway, hover" },
  motion: { label: "Moved by" },
  anchor: { label: "Stands on" },
  mirror: { label: "Mirror west" },
  armed: { label: "Armed while running" },
  sheet_layout: { label: "Sheet" },
  cleanup: { label: "Clean-up" },
  columns: { label: "Sheet columns" },
  rows: { label: "Sheet rows" },
};

/** Boxes to tick that belong beside the size of what is made. */
const SHAPE_FLAGS: ReadonlySet<string> = new Set(["tile_x", "tile_y", "remove_bg"]);

/** Fields with controls of their own, and those by which the page gets its answers. */
const OWN: ReadonlySet<string> = new Set([
  ...["prompt_style", "model", "seed", "input_palette", "input_image", "mask_image", "strength"],
  ...["output", "strict", "check_cost", "async", "upload_outputs"],
]);

/** What answers show, and ids of earlier assets, which nobody types. */
const NOT_TYPED = /^return_|_id$/;

/** Makes the form of a kind from the schema of its request, as data: fields in the schema's order. */
export function groupsOf(kind: Kind): Readonly<Record<FieldGroup, readonly Field[]>> {
  const groups: Record<FieldGroup, Field[]> = { subject: [], shape: [], color: [], advanced: [] };
  for (const [name, schema] of Object.entries(propertiesOf(kind))) {
    const input = OWN.has(name) || NOT_TYPED.test(name) ? null : inputOf(schema, needs(kind, name));
    if (!input) continue;
    const { group, ...place } = PLACES[name] ?? { isExplained: true };
    const isBeside = input.input === "flag" && SHAPE_FLAGS.has(name);
    const other = isBeside ? "shape" : needs(kind, name) ? "subject" : "advanced";
    groups[group ?? other].push({ ...shown(name, schema), ...place, ...input } as Field);
  }
  return groups;
}

function shown(name: string, schema: Schema): Omit<Field, "input"> {
  const words = inWords(name);
  const { description, default: initial } = schema;
  return {
    name,
    label: words.charAt(0).toUpperCase() + words.slice(1),
    ...(description === undefined ? {} : { description }),
    ...(typeof initial === "number" || typeof initial === "string" ? { placeholder: String(initial) } : {}),
  };
}

/** All fields of a kind. */
export function fieldsOf(kind: Kind): Field[] {
  const groups = groupsOf(kind);
  return GROUPS.flatMap((group) => groups[group]);
}
