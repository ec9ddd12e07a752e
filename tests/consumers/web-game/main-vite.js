import { kiln } from "virtual:pixelkiln/assets";
import { pixelkiln } from "@pixelkiln/web/phaser";
import * as Phaser from "phaser";
import { startGame } from "./game.js";

startGame(Phaser, pixelkiln(kiln), { placeholder: location.search === "?placeholder" });
