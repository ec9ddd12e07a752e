import { pixelkiln } from "@pixelkiln/web/vite";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [pixelkiln()] });
