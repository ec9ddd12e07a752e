// A page without a bundler: Phaser as a script, the plugin as plain modules.

import { startGame } from "./game.js";
import { pixelkiln } from "./node_modules/@pixelkiln/web/dist/web/src/phaser/plugin.js";
import { connect } from "./node_modules/@pixelkiln/web/dist/web/src/sse.js";

const service = new URLSearchParams(location.search).get("service");
const kiln = await connect({ assets: "assets", service });
startGame(globalThis.Phaser, pixelkiln(kiln), { placeholder: false });
