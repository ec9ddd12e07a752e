import { createHash } from "node:crypto";
import { LIMITS } from "../../../shared/requests.ts";
import { STUDIO_SCRIPT } from "./script.ts";
import { STUDIO_STYLE } from "./style.ts";

const hashSource = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Only this page's own script and style run; nothing is loaded from elsewhere and nobody may frame it. */
export const STUDIO_CSP = [
  "default-src 'none'",
  `script-src ${hashSource(STUDIO_SCRIPT)}`,
  `style-src ${hashSource(STUDIO_STYLE)}`,
  "img-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The studio: one page without any other file. */
export const STUDIO_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pixelkiln</title>
<link rel="icon" href="data:,">
<style>${STUDIO_STYLE}</style>
</head>
<body>
<header><h1>Pixelkiln</h1><p>Pixel art from words, made on this machine.</p></header>
<main>
<form id="form">
<label for="prompt">Prompt <textarea id="prompt" required maxlength="${LIMITS.promptLength}"></textarea></label>
<label for="style">Style <select id="style" aria-describedby="style-help"></select></label>
<div id="style-help"></div>
<div class="pair">
<label for="width">Width <input id="width" type="number" step="1"></label>
<label for="height">Height <input id="height" type="number" step="1"></label>
</div>
<label for="palette">Palette <select id="palette"><option value="">Free</option></select></label>
<div class="pair">
<label for="colors">Colors <input id="colors" type="number" min="2" max="64" step="1" placeholder="style"></label>
<label for="count">Images <input id="count" type="number" min="1" max="${LIMITS.maxImages}" step="1" value="1"></label>
</div>
<label for="seed">Seed <input id="seed" type="number" min="0" max="${LIMITS.maxSeed}" step="1" placeholder="random"></label>
<div class="pair">
<button id="generate" class="main" type="submit">Generate</button>
<button id="cancel" type="button" disabled>Cancel</button>
</div>
</form>
<section aria-label="Results">
<progress id="progress" max="1" value="0" aria-label="Progress of the job"></progress>
<div id="status" role="status" aria-live="polite">Loading.</div>
<div id="results" aria-busy="false"></div>
<ul id="notes"></ul>
</section>
</main>
<script>${STUDIO_SCRIPT}</script>
</body>
</html>
`;
