import type { Sheet, SheetTag } from "../sheet.ts";

/** Returns the animation key of a tag. Keys are global in a Phaser game: two assets may both have a "walk". */
export function animationKey(asset: string, tag: string): string {
  return `${asset}/${tag}`;
}

/**
 * Makes an animation for each tag of a sheet whose texture is loaded. Phaser's own createFromAseprite reads
 * neither `repeat` nor pingpong_reverse.
 */
export function createAnimations(game: Phaser.Game, asset: string, sheet: Sheet): void {
  for (const tag of sheet.tags) {
    const key = animationKey(asset, tag.name);
    if (!game.anims.exists(key)) game.anims.create({ key, ...describe(asset, tag, sheet) });
  }
}

/**
 * Rewrites the animations of an asset in place, so that objects playing one keep playing it. A tag that is
 * gone remains as a still of frame 0: objects may refer to it.
 */
export function rewriteAnimations(game: Phaser.Game, asset: string, sheet: Sheet): void {
  createAnimations(game, asset, sheet);
  const prefix = animationKey(asset, "");
  const { entries } = (game.anims as unknown as AnimationStore).anims;
  for (const [key, animation] of Object.entries(entries)) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    const tag = sheet.tags.find((one) => one.name === name);
    // "hero/walk" must not be mistaken for a tag of "hero" if there is an asset of that name.
    if (!tag && animation.frames[0]?.textureKey !== asset) continue;
    rewrite(game, animation, describe(asset, tag ?? { name, order: [0], pingPong: false, times: 0 }, sheet));
  }
}

/** The game's animations by key: not in the type declarations of both Phaser versions. */
interface AnimationStore {
  anims: { entries: Record<string, Phaser.Animations.Animation> };
}

interface Description {
  frames: Phaser.Types.Animations.AnimationFrame[];
  duration: number;
  repeat: number;
  yoyo: boolean;
}

function describe(asset: string, tag: SheetTag, sheet: Sheet): Description {
  const times = tag.order.map((index) => sheet.frames[index]?.durationMs ?? 0);
  return {
    frames: tag.order.map((index, i) => ({ key: asset, frame: String(index), duration: times[i] ?? 0 })),
    duration: times.reduce((sum, ms) => sum + ms, 0),
    repeat: tag.times - 1,
    yoyo: tag.pingPong,
  };
}

function rewrite(game: Phaser.Game, animation: Phaser.Animations.Animation, now: Description): void {
  animation.frames = animation.getFrames(game.textures, now.frames);
  animation.yoyo = now.yoyo;
  animation.repeat = now.repeat;
  const { calculateDuration } = animation as unknown as {
    calculateDuration(target: object, frames: number, duration: number, frameRate: number | null): void;
  };
  calculateDuration(animation, now.frames.length, now.duration, null);
}

/** Lets an object that plays a rewritten animation continue from its current frame. */
export function continueAnimation(object: Phaser.GameObjects.GameObject): void {
  const { anims } = object as Partial<Phaser.GameObjects.Sprite>;
  const animation = anims?.currentAnim;
  if (!anims || !animation || !anims.currentFrame) return;
  // What `play` copied when it started; a time scale that the game set stays.
  const { frameRate, duration, msPerFrame, yoyo } = animation;
  Object.assign(anims, { frameRate, duration, msPerFrame, yoyo });
  const index = Math.min(anims.currentFrame.index, animation.frames.length) - 1;
  const frame = animation.frames[Math.max(0, index)];
  if (frame) anims.setCurrentFrame(frame);
}
