/** service/wardrobe/outfit.ts: who a character is, as data: what answers give and take back. */
export interface Outfit {
  body: "masculine" | "feminine" | "skeleton" | "zombie"; // names as in the wardrobe's index
  skin: string; // a ramp of family skin
  parts: { part: string; colors: Record<string, string> }[]; // part id -> material of the part -> ramp ("cloth/red"), as figures.json has it
}
