import * as Phaser from "phaser";
import { moveHero } from "./hero.js";
import { COLUMNS, maskAt, ROWS, sign, TILE } from "./level.js";

const THINGS = { T: "tree", b: "bush", m: "mushroom" };

/** Paints the meadow by the masks of its tiles, and puts what grows there and the hero on it. */
export class Meadow extends Phaser.Scene {
  constructor() {
    super("meadow");
  }

  preload() {
    this.load.pixelkiln(["meadow", "hero", ...Object.values(THINGS)]);
    this.load.json("meadow-tiles", "assets/meadow.tileset.json");
  }

  create() {
    this.paint();
    forEachTile((column, row) =>
      this.place(sign(column, row), { x: (column + 0.5) * TILE, y: (row + 1) * TILE - 1 }),
    );
    this.keys = this.input.keyboard.createCursorKeys();
  }

  update(_time, delta) {
    moveHero(this.hero, this.keys, delta / 1000);
  }

  /** Puts into each place a tile of its mask: where a set has variants, one of them by its probability. */
  paint() {
    const { tiles } = this.cache.json.get("meadow-tiles");
    const random = new Phaser.Math.RandomDataGenerator(["meadow"]);
    const map = this.add.pixelkilnTilemap("meadow");
    const [tileset] = map.tilesets;
    this.ground = map.createBlankLayer("level", tileset, 0, 0, COLUMNS, ROWS);
    forEachTile((column, row) => {
      const mask = maskAt(column, row);
      const fitting = tiles.filter((tile) => tile.mask === mask);
      this.ground.putTileAt(tileset.firstgid + pick(fitting, random).index, column, row);
    });
  }

  /** Puts what a sign stands for on the ground; what is further down hides what is behind it. */
  place(letter, { x, y }) {
    if (letter === "@")
      this.hero = this.add.pixelkilnSprite(x, y, "hero", { play: "idle_south" }).setDepth(y);
    else if (letter in THINGS) this.add.pixelkilnSprite(x, y, THINGS[letter]).setDepth(y);
  }
}

function forEachTile(visit) {
  for (let row = 0; row < ROWS; row++) for (let column = 0; column < COLUMNS; column++) visit(column, row);
}

/** Takes one of some tiles by their probability. */
function pick(tiles, random) {
  let left = random.frac() * tiles.reduce((sum, { probability }) => sum + probability, 0);
  for (const tile of tiles) {
    left -= tile.probability;
    if (left < 0) return tile;
  }
  return tiles.at(-1);
}
