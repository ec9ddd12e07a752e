// Asks a running service for three sprites and saves them in a folder.
//   npm start                                   (in another terminal)
//   node examples/node-script/generate.mjs "red dragon" out
import { writeFile } from "node:fs/promises";

const url = process.env.PIXELKILN_URL ?? "http://127.0.0.1:7878";
const prompt = process.argv[2] ?? "red dragon";
const folder = process.argv[3] ?? ".";

const response = await fetch(`${url}/v1/sprites`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ prompt, num_images: 3, color_count: 16 }),
});
const answer = await response.json();
if (!response.ok) {
  console.error(`${answer.title}: ${answer.detail}`);
  process.exit(1);
}
for (const [i, image] of answer.base64_images.entries()) {
  const file = `${folder}/${prompt.replaceAll(/\W+/g, "-")}-${i + 1}.png`;
  await writeFile(file, Buffer.from(image, "base64"));
  console.log(file, `seed ${answer.images[i].seed}, ${answer.images[i].colors.length} colors`);
}
