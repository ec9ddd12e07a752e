/**
 * The program of the studio page, as the browser gets it. It is a client of the public API and nothing
 * more: start a job, follow its events, show its result. Text reaches the page by textContent only.
 * A token comes in the fragment (`#token=...`), which browsers never send, and stays in this tab.
 */
export const STUDIO_SCRIPT = String.raw`
"use strict";
const $ = (id) => document.getElementById(id);
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.has("token")) {
  sessionStorage.setItem("token", fragment.get("token"));
  history.replaceState(null, "", location.pathname);
}
const token = sessionStorage.getItem("token");
let running = null;

async function call(path, options = {}) {
  const headers = { ...(options.body ? { "content-type": "application/json" } : {}), ...(token ? { authorization: "Bearer " + token } : {}) };
  const answer = await fetch(path, { ...options, headers });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({ detail: "The service answered " + answer.status + "." }));
    throw new Error(problem.detail || problem.title);
  }
  return answer;
}
const read = async (path) => (await call(path)).json();

function say(text, bad = false) {
  $("status").textContent = text;
  $("status").className = bad ? "bad" : "";
}

function choices(select, items) {
  for (const [value, text] of items) {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    select.append(option);
  }
}

async function fill() {
  const [{ styles }, { palettes }] = await Promise.all([read("/v1/styles/selector"), read("/v1/palettes")]);
  choices($("style"), styles.map((style) => [style.prompt_style, style.name]));
  choices($("palette"), palettes.map((palette) => [palette.name, palette.title]));
  const show = () => {
    const style = styles.find((one) => one.prompt_style === $("style").value);
    if (!style) return;
    $("style-help").textContent = style.description;
    $("prompt").placeholder = style.example_prompt;
    for (const edge of ["width", "height"]) {
      $(edge).min = style["min_" + edge];
      $(edge).max = style["max_" + edge];
      $(edge).placeholder = style["default_" + edge];
    }
    $("count").max = style.max_number_of_images;
  };
  $("style").addEventListener("change", show);
  show();
}

function requestOfForm() {
  const request = { prompt: $("prompt").value, prompt_style: $("style").value, async: true };
  for (const [id, name] of [["width", "width"], ["height", "height"], ["count", "num_images"], ["seed", "seed"], ["colors", "color_count"]]) {
    if ($(id).value !== "") request[name] = Number($(id).value);
  }
  if ($("palette").value !== "") request.input_palette = $("palette").value;
  return request;
}

// EventSource cannot send a token, so the stream is read by fetch.
async function* events(path, signal) {
  const reader = (await call(path, { signal })).body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block);
      const data = /^data: (.*)$/m.exec(block);
      if (name && data) yield { name: name[1], data: JSON.parse(data[1]) };
    }
  }
}

function showProgress({ stage, step, steps }) {
  $("progress").max = steps || 1;
  $("progress").value = step;
  say(stage.replaceAll("-", " ") + (steps ? " " + step + " of " + steps : ""));
}

const final = (status) => status !== "queued" && status !== "running";

async function follow(id) {
  for (;;) {
    try {
      for await (const { name, data } of events("/v1/jobs/" + id + "/events")) {
        if (name === "job.progress") showProgress(data.progress);
        if (name === "snapshot" || name === "reset") for (const job of data.jobs) showProgress(job.progress);
      }
    } catch (error) {
      say("Reconnecting: " + error.message);
    }
    // Events are hints; the job itself says whether it is done.
    const job = await read("/v1/jobs/" + id);
    if (final(job.status)) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function link(href, name) {
  const element = document.createElement("a");
  element.href = href;
  element.download = name;
  element.textContent = name;
  return element;
}

function figureOf(image, base64, prompt) {
  const figure = document.createElement("figure");
  const picture = document.createElement("img");
  const scale = Math.max(1, Math.floor(192 / Math.max(image.width, image.height)));
  picture.src = "data:image/png;base64," + base64;
  picture.width = image.width * scale;
  picture.height = image.height * scale;
  picture.alt = prompt + ", seed " + image.seed;
  const caption = document.createElement("figcaption");
  caption.append(image.width + "x" + image.height + ", " + image.colors.length + " colors, seed " + image.seed, document.createElement("br"), link(picture.src, image.file));
  for (const { caption: name, source, license } of image.exemplars) {
    caption.append(document.createElement("br"), "started from " + name + " (" + source + ", " + license + ")");
  }
  figure.append(picture, caption);
  return figure;
}

function show(answer) {
  $("results").replaceChildren(...answer.images.map((image, i) => figureOf(image, answer.base64_images[i], answer.request.prompt)));
  const notes = [...answer.warnings, ...answer.ignored_parameters.map((one) => one.name + " was ignored: " + one.reason)];
  $("notes").replaceChildren(...notes.map((note) => {
    const item = document.createElement("li");
    item.textContent = note;
    return item;
  }));
  say("Done in " + Math.round(answer.timings_ms.total) + " ms.");
}

function busy(id) {
  running = id;
  $("generate").disabled = id !== null;
  $("cancel").disabled = id === null;
  $("results").setAttribute("aria-busy", String(id !== null));
}

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (running !== null) return;
  busy("");
  try {
    const { job_id: id } = await (await call("/v1/sprites", { method: "POST", body: JSON.stringify(requestOfForm()) })).json();
    busy(id);
    await follow(id);
    show(await read("/v1/jobs/" + id + "/result"));
  } catch (error) {
    say(error.message, true);
  } finally {
    $("progress").value = 0;
    busy(null);
  }
});
$("cancel").addEventListener("click", () => {
  if (running) call("/v1/jobs/" + running, { method: "DELETE" }).catch((error) => say(error.message, true));
});
fill().then(() => say("Ready."), (error) => say(error.message, true));
`;
