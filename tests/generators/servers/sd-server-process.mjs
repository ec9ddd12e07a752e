#!/usr/bin/env node
// Stands in for stable-diffusion.cpp's sd-server: its flags, the routes that Pixelkiln uses, its progress on stdout, and
// no way to stop a drawing. Of its own it has:
//   --pids FILE       adds its process id to a file
//   --step-ms N       ms of a step
//   --out-of-memory   dies of its first drawing, with the words of ggml
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import sharp from "sharp";

const { values } = parseArgs({
  options: {
    model: { type: "string", short: "m" },
    "listen-ip": { type: "string" },
    "listen-port": { type: "string" },
    "lora-model-dir": { type: "string" },
    pids: { type: "string" },
    "step-ms": { type: "string", default: "0" },
    "out-of-memory": { type: "boolean" },
  },
});
const ART = 32;

if (values.pids) appendFileSync(values.pids, `${process.pid}\n`);
console.log(`[INFO ] loading model from '${values.model}'`);

/** A disk whose colors the seed decides, on the ground that cuts away. */
async function draw({ width, height, seed, steps }) {
  for (let step = 1; step <= steps; step++) {
    if (values["out-of-memory"]) {
      console.error(
        "[ERROR] ggml_backend_cuda_buffer_type_alloc_buffer: allocating 2559.63 MiB: out of memory",
      );
      process.exit(1);
    }
    await sleep(Number(values["step-ms"]));
    process.stdout.write(`  |${"=".repeat(step)}>| ${step}/${steps} - 8.06it/s\r`);
  }
  const data = Buffer.alloc(3 * ART * ART);
  for (let p = 0; p < ART * ART; p++) {
    const [x, y] = [p % ART, Math.floor(p / ART)];
    const isDisk = Math.hypot(x - 15.5, y - 15.5) < 11;
    const shade = (x + y + seed) % 6 < 3 ? 0 : 60;
    data.set(isDisk ? [40 + (seed % 7) * 20 + shade, 160 - shade, 40] : [255, 0, 255], 3 * p);
  }
  const raw = { width: ART, height: ART, channels: 3 };
  return sharp(data, { raw }).resize(width, height, { kernel: "nearest" }).png().toBuffer();
}

async function answer({ url }, body) {
  if (url === "/sdcpp/v1/capabilities")
    return { limits: { max_width: 4096 }, features: { cancel_generating: false } };
  if (url === "/sdapi/v1/options") return { samples_format: "png", sd_model_checkpoint: "model" };
  if (url === "/sdapi/v1/sd-models") return [{ title: "model", model_name: "model", filename: values.model }];
  if (url === "/sdapi/v1/loras") return [{ name: "pixel", path: "pixel.safetensors" }];
  if (url === "/sdapi/v1/samplers") return [{ name: "euler_a", aliases: [], options: {} }];
  if (url === "/sdapi/v1/txt2img") {
    const pictures = [];
    for (let i = 0; i < body.batch_size; i++) pictures.push(await draw({ ...body, seed: body.seed + i }));
    return { images: pictures.map((one) => one.toString("base64")), parameters: body, info: "" };
  }
  return null;
}

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const found = await answer(request, parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : {});
  response.writeHead(found ? 200 : 404, { "content-type": found ? "application/json" : "text/html" });
  response.end(found ? JSON.stringify(found) : "<html>404</html>");
}).listen(Number(values["listen-port"]), values["listen-ip"]);
