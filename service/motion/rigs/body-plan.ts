/** How a body is built, and so how it moves. */
export const BODY_PLANS = [
  "blob",
  "floater",
  "flyer",
  "quadruped",
  "serpent",
  "swimmer",
  "crawler",
  "biped",
  "mimic",
  "chest",
  "door",
  "coin",
  "flame",
  "plant",
  "flag",
] as const;
export type BodyPlan = (typeof BODY_PLANS)[number];
