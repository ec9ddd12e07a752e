import { isLand } from "./level.js";

/** Pixels a second. */
const SPEED = 56;

/** Moves the hero with the arrow keys for some seconds; it plays its walk in that direction, or stands in it. */
export function moveHero(hero, keys, seconds) {
  const x = Number(keys.right.isDown) - Number(keys.left.isDown);
  const y = Number(keys.down.isDown) - Number(keys.up.isDown);
  const facing = hero.getData("facing") ?? "south";
  if (x === 0 && y === 0) {
    hero.play(`hero-idle/idle_${facing}`, true);
    return;
  }
  const way = (SPEED * seconds) / Math.hypot(x, y);
  // One axis after the other: along a shore it slides.
  if (isLand(hero.x + x * way, hero.y)) hero.x += x * way;
  if (isLand(hero.x, hero.y + y * way)) hero.y += y * way;
  const direction = x > 0 ? "east" : x < 0 ? "west" : y > 0 ? "south" : "north";
  hero.setData("facing", direction).setDepth(hero.y).play(`hero/walk_${direction}`, true);
}
