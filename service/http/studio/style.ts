/** The look of the studio page: dark and quiet, so that the sprites are what is seen. */
export const STUDIO_STYLE = `
:root { color-scheme: dark; --back: #16181d; --panel: #1e2128; --line: #333843; --text: #e4e7ec; --soft: #9aa3b2; --act: #7fb4a0; --bad: #e58a7e; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header { padding: 18px 24px 0; }
h1 { font-size: 19px; font-weight: 600; margin: 0; }
header p { margin: 2px 0 0; color: var(--soft); }
main { display: grid; grid-template-columns: minmax(260px, 340px) 1fr; gap: 24px; padding: 20px 24px 40px; align-items: start; }
@media (max-width: 720px) { main { grid-template-columns: 1fr; } }
form { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px; display: grid; gap: 12px; }
label { display: grid; gap: 4px; color: var(--soft); font-size: 13px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
input, select, textarea { width: 100%; background: var(--back); color: var(--text); border: 1px solid var(--line); border-radius: 5px; padding: 7px 9px; font: inherit; }
textarea { resize: vertical; min-height: 68px; }
button { font: inherit; border-radius: 5px; border: 1px solid var(--line); padding: 8px 14px; background: transparent; color: var(--text); cursor: pointer; }
button.main { background: var(--act); border-color: var(--act); color: #10201a; font-weight: 600; }
button:disabled { opacity: 0.45; cursor: default; }
:focus-visible { outline: 2px solid var(--act); outline-offset: 2px; }
#style-help { color: var(--soft); font-size: 13px; }
progress { appearance: none; display: block; width: 100%; height: 6px; border: 0; border-radius: 3px; overflow: hidden; background: var(--panel); }
progress::-webkit-progress-bar { background: var(--panel); }
progress::-webkit-progress-value { background: var(--act); }
progress::-moz-progress-bar { background: var(--act); }
#status { color: var(--soft); min-height: 1.5em; }
#status.bad { color: var(--bad); }
#results { display: flex; flex-wrap: wrap; gap: 18px; margin-top: 14px; align-items: end; }
figure { margin: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
figure img { display: block; image-rendering: pixelated; background: repeating-conic-gradient(#24272f 0% 25%, #2b2f38 0% 50%) 0 0 / 16px 16px; }
figcaption { max-width: 192px; overflow-wrap: anywhere; margin-top: 8px; color: var(--soft); font-size: 13px; }
a { color: var(--act); }
ul { color: var(--soft); padding-left: 18px; }
`;
