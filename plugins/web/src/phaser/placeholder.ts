const CHECK = 4;
const COLORS = ["#3b3b4f", "#5a5a78"] as const;

/** Makes a checkered texture that stands for a picture to come: base frame and frame 0. */
export function addPlaceholder(
  game: Phaser.Game,
  key: string,
  { width, height }: { width: number; height: number },
): void {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  for (let y = 0; context && y < height; y += CHECK) {
    for (let x = 0; x < width; x += CHECK) {
      context.fillStyle = COLORS[((x + y) / CHECK) % 2 === 0 ? 0 : 1];
      context.fillRect(x, y, CHECK, CHECK);
    }
  }
  const texture = game.textures.create(key, canvas as unknown as HTMLImageElement, width, height);
  texture?.add("__BASE", 0, 0, 0, width, height);
  texture?.add("0", 0, 0, 0, width, height);
}
