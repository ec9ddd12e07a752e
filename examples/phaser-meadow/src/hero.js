import { isLand } from "./level.js";

/** Pixels a second. */
const SPEED = 56;

/**
 * Moves the hero with the arrow keys for some seconds: it plays its walk in that direction, strikes with the space bar, or
 * stands.
 */
export function moveHero(hero, keys, seconds) {
  const isStriking = hero.anims.getName().startsWith("hero/attack") && hero.anims.isPlaying;
  if (isStriking) return;
  const x = Number(keys.right.isDown) - Number(keys.left.isDown);
  const y = Number(keys.down.isDown) - Number(keys.up.isDown);
  if (x !== 0 || y !== 0) hero.setData("facing", x > 0 ? "east" : x < 0 ? "west" : y > 0 ? "south" : "north");
  const facing = hero.getData("facing") ?? "south";
  // The attack does not loop: when it has been played, the hero stands again.
  if (keys.space.isDown) hero.play(`hero/attack_${facing}`);
  else if (x === 0 && y === 0) hero.play(`hero/idle_${facing}`, true);
  else walk(hero.play(`hero/walk_${facing}`, true), x, y, seconds);
}

/** One axis after the other: along a shore the hero slides. */
function walk(hero, x, y, seconds) {
  const way = (SPEED * seconds) / Math.hypot(x, y);
  if (isLand(hero.x + x * way, hero.y)) hero.x += x * way;
  if (isLand(hero.x, hero.y + y * way)) hero.y += y * way;
  hero.setDepth(hero.y);
}
