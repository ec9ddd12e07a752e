/** Only this service's own script and style run; nothing is loaded from elsewhere and nobody may frame the page. */
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

/** The page itself: all that is seen comes from the bundle of plugins/studio. */
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
<div id="studio"><noscript>The studio needs JavaScript. The API works without: /openapi.json</noscript></div>
<script type="module" src="/studio.js"></script>
</body>
</html>
`;

/** Stands in for a bundle that was not built: says so on the page instead of showing nothing. */
export const STUDIO_MISSING = `document.getElementById("studio").textContent =
  "The studio is not built yet: run node scripts/ready.mjs (or npm start) and reload.";
`;
