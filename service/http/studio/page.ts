/** Only this service's own script and style run, nothing is loaded from elsewhere, and no page may frame this one. */
export const STUDIO_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page itself. Everything on it comes from the bundle of plugins/studio. */
export const STUDIO_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>Pixelkiln studio</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/studio.css">
</head>
<body>
<div id="studio"><noscript>The studio needs JavaScript. The API does not: see /openapi.json</noscript></div>
<script type="module" src="/studio.js"></script>
</body>
</html>
`;

/** Replaces a bundle that has not been built, and says so instead of showing an empty page. */
export const STUDIO_MISSING = `document.getElementById("studio").textContent =
  "The studio is not built yet: run node scripts/ready.mjs (or npm start) and reload.";
`;
