"""Checkpoints -> models/<id>: ONNX graphs, exemplars, credits and model.json.

    python export.py --data DATA [DATA ...] --work WORK --out ../embedded-v1 --id embedded-v1

Weights are stored as int8 rows (generator, text encoder) or float16 (autoencoder) with Cast + Mul in
front: the runtime folds them at load, so the file is small and the speed that of float32.
"""

import argparse
import datetime
import hashlib
import json
import platform
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.onnx._internal.torchscript_exporter.onnx_proto_utils as onnx_proto_utils
from PIL import Image

from net import COLOR_BUCKETS, FROM_OPPONENT, KINDS, OFFSET, SCALE, SOURCES, TO_OPPONENT, Autoencoder, Conv, Generator, Wrap
from recolor import color_names
from text_encoder import TextEncoder, encode_all, package_file, quantize_rows

HERE = Path(__file__).parent
MAX_EXEMPLARS = 6144  # with them the model stays within 40 MB; the service decodes 6144 at most
onnx_proto_utils._add_onnxscript_fn = lambda model, functions: model  # the onnx package is not needed for plain graphs


def stored_small(net, form):
    """Replaces big weights by int8 rows or float16 that the graph itself expands."""
    for module in net.modules():
        if not isinstance(module, (nn.Conv2d, nn.Linear)) or module.weight.numel() < 1024:
            continue
        weight = module.weight.data
        del module._parameters["weight"]
        if form == "int8":
            q, scale = quantize_rows(weight)
        else:
            q, scale = weight.half(), None
        module.register_buffer("stored", q)
        module.register_buffer("stored_scale", scale)
        module.forward = _expanding(module)
    return net


def _expanding(module):
    def weight():
        w = module.stored.float()
        return w if module.stored_scale is None else w * module.stored_scale

    if isinstance(module, nn.Linear):
        return lambda x: F.linear(x, weight(), module.bias)
    if isinstance(module, Conv):
        return lambda x: F.conv2d(_wrapped(x), weight(), module.bias, module.stride)
    return lambda x: F.conv2d(x, weight(), module.bias)


def _wrapped(x):
    wx, wy = Wrap.tensor[:, 0].view(-1, 1, 1, 1), Wrap.tensor[:, 1].view(-1, 1, 1, 1)
    x = torch.cat([x[..., -1:] * wx, x, x[..., :1] * wx], 3)
    return torch.cat([x[..., -1:, :] * wy, x, x[..., :1, :] * wy], 2)


class GeneratorGraph(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, z, t, text, mask, kind, source, colors, bounds, palette, palette_mask, known, given, wrap):
        Wrap.tensor = wrap
        return self.net(z, t, text, mask, kind, source, colors, bounds, palette, palette_mask, known, given)


class EncoderGraph(nn.Module):
    """rgba [B,4,H,W] 0-1 -> normalised latent."""

    def __init__(self, net, mean, deviation):
        super().__init__()
        self.net, self.mean, self.deviation = net, mean[:, None, None], deviation[:, None, None]

    def forward(self, rgba, wrap):
        Wrap.tensor = wrap
        color = (torch.einsum("ij,bjhw->bihw", TO_OPPONENT, rgba[:, :3]) - OFFSET.view(3, 1, 1)) * SCALE.view(3, 1, 1) * rgba[:, 3:]
        z = self.net.encode(torch.cat([color, rgba[:, 3:] * 2 - 1], 1))
        return (z - self.mean) / self.deviation


class DecoderGraph(nn.Module):
    """normalised latent -> rgba [B,4,H,W] 0-1, alpha as a probability."""

    def __init__(self, net, mean, deviation):
        super().__init__()
        self.net, self.mean, self.deviation = net, mean[:, None, None], deviation[:, None, None]

    def forward(self, z, wrap):
        Wrap.tensor = wrap
        x = self.net.decode(z * self.deviation + self.mean)
        color = torch.einsum("ij,bjhw->bihw", FROM_OPPONENT, x[:, :3] / SCALE.view(3, 1, 1) + OFFSET.view(3, 1, 1)).clamp(0, 1)
        return torch.cat([color, torch.sigmoid(3 * x[:, 3:])], 1)


def write_graph(module, inputs, path, names, outputs, axes):
    with torch.no_grad():
        torch.onnx.export(
            module.eval(), inputs, str(path), dynamo=False, input_names=names, output_names=outputs,
            dynamic_axes=axes, opset_version=17, do_constant_folding=False,
        )
        expected = module(*inputs)
    session = onnxruntime.InferenceSession(str(path))
    got = session.run(None, {n: v.numpy() for n, v in zip(names, inputs)})[0]
    error = float(np.abs(got - expected.numpy()).max() / (np.abs(expected.numpy()).max() + 1e-9))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, against PyTorch {error:.1e}", flush=True)
    assert error < 1e-2, path


def write_graphs(work, out):
    saved = torch.load(work / "generator.pt", map_location="cpu")
    generator = Generator(**saved["config"])
    generator.load_state_dict(saved["average"])
    stored_small(generator, "int8")
    b, c = 2, saved["config"]["channels"]
    batch = {0: "b"}
    inputs = (
        torch.randn(b, c, 8, 8), torch.tensor([0.9, 0.4]), torch.randn(b, 7, 384), torch.ones(b, 7), torch.zeros(b, dtype=torch.long),
        torch.zeros(b, dtype=torch.long), torch.zeros(b, dtype=torch.long), torch.zeros(b, 5),
        torch.rand(b, 5, 3), torch.ones(b, 5), torch.randn(b, c, 8, 8), torch.zeros(b, 1, 8, 8), torch.tensor([[1.0, 0.0], [0.0, 0.0]]),
    )
    names = ["z", "t", "text", "mask", "kind", "source", "colors", "bounds", "palette", "palette_mask", "known", "given", "wrap"]
    axes = {n: dict(batch) for n in [*names, "x0"]}
    for name in ("z", "x0", "known", "given"):
        axes[name] |= {2: "h", 3: "w"}
    for name in ("palette", "palette_mask"):
        axes[name] |= {1: "swatches"}
    axes["text"] |= {1: "length"}
    axes["mask"] |= {1: "length"}
    write_graph(GeneratorGraph(generator), inputs, out / "generator.onnx", names, ["x0"], axes)

    coder_saved, latents = torch.load(work / "autoencoder.pt", map_location="cpu"), torch.load(work / "latents.pt")
    coder = Autoencoder(**coder_saved["config"])
    coder.load_state_dict(coder_saved["average"])
    stored_small(coder, "float16")
    wrap = torch.tensor([[0.0, 0.0], [1.0, 1.0]])
    size = {0: "b", 2: "h", 3: "w"}
    write_graph(EncoderGraph(coder, latents["mean"], latents["deviation"]), ((torch.rand(2, 4, 32, 32) > 0.5).float(), wrap), out / "encoder.onnx", ["rgba", "wrap"], ["z"], {"rgba": size, "wrap": batch, "z": size})
    write_graph(DecoderGraph(coder, latents["mean"], latents["deviation"]), (torch.randn(2, c, 8, 8), wrap), out / "decoder.onnx", ["z", "wrap"], ["rgba"], {"z": size, "wrap": batch, "rgba": size})

    ids, mask = torch.randint(1000, 20000, (2, 7)), torch.ones(2, 7)
    both = {0: "b", 1: "length"}
    encoder = TextEncoder()
    encoder.positions = encoder.positions[:64].clone()
    write_graph(encoder, (ids, mask), out / "text-encoder.onnx", ["ids", "mask"], ["states"], {"ids": both, "mask": both, "states": both})
    shutil.copy(package_file("tokenizer.json"), out / "tokenizer.json")
    return saved, coder_saved


def head_of(caption):
    """The thing that a caption names: the last word before its first comma."""
    words = [w for w in caption.lower().split(",")[0].split() if w not in ("tile", "icon")]
    return words[-1] if words else ""


def load_sets(folders):
    """Titles of rows that have one, and credits: (source, license) -> author and address, all from the data sets."""
    titles, credits = {}, {}
    for folder in folders:
        for line in open(folder / "index.jsonl"):
            row = json.loads(line)
            if "title" in row:
                titles[row["id"]] = row["title"]
        for line in open(folder / "ATTRIBUTION.jsonl"):
            row = json.loads(line)
            credits[row["attribution"]] = row
    return titles, credits


# Captions that name something beside the thing they end with, or a sign, a mask or a state of it.
BESIDE = set("rune petition simulacrum spectral uncollected found form effect spell ability mahjong broken exit enter draugr spawn".split())
MASKS = set("goblin ogre".split())  # what these icons show is a mask, not the creature
SOURCE_ORDER = ["noto", "fluent", "dcss", "lpc-revised", "ss14", "minetest", "game-icons"]
WHOLE = ("noto", "fluent", "dcss", "game-icons")  # sets whose pictures show a whole thing
SMALLEST = 16
FOLDERS = ("/item/", "/mon/", "/dngn/")


def is_plain(item):
    words = set(item["caption"].lower().split(",")[0].split())
    if words & BESIDE or item["native"] not in (None, 32):
        return False
    if item["source"] == "dcss" and item["kind"] != "tile":
        return any(f in item["path"] for f in FOLDERS) and "UNUSED" not in item["path"]
    return not (item["source"] in ("fluent", "noto") and words & MASKS)


def words_named(item):
    """The words under which a picture may be found first: all of a short name, the last of a long one."""
    name = item["title"].lower().split(",")[0].split()
    return name if item["source"] in ("noto", "fluent") else name[-1:]


def choose_exemplars(items, fields, limits):
    """Numbers of the pictures a drawing may start from: so many of each thing, source by source, as config.json says.

    Plain pictures before special ones and short names before long ones: of equally near ones the first is taken.
    """
    group = ["seamless" if f[3] == 1 else item["source"] for item, f in zip(items, fields)]
    large = [max(f[6] - f[4], f[7] - f[5]) >= SMALLEST for f in fields]  # a drawing of a few pixels stays a blob
    order = [i for i, item in enumerate(items) if limits.get(group[i], 0) and large[i] and is_plain(item) and item["source"] in SOURCE_ORDER]
    elsewhere = {word.rstrip("s") for i in order if group[i] in WHOLE for word in words_named(items[i])}
    rank = lambda i: (SOURCE_ORDER.index(items[i]["source"]), len(items[i]["caption"].split(",")[0].split()), i)
    counts, chosen = {}, []
    for i in sorted(order, key=rank):
        head = head_of(items[i]["caption"])
        if group[i] == "lpc-revised" and head.rstrip("s") in elsewhere:
            continue  # its food and furniture are parts of larger pictures: only where nobody else draws the thing
        key = (group[i], head)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= limits[group[i]]:
            chosen.append(i)
    return chosen[:MAX_EXEMPLARS]


def write_exemplars(folders, work, out, config):
    """Sprites under licences without share-alike, each with its licence and, where that asks for it, whom to name."""
    prepared, info = torch.load(work / "prepared.pt"), json.load(open(work / "prepared.json"))
    titles, credits = load_sets(folders)
    fields = prepared["fields"].tolist()
    items = [{**item, "title": titles.get(item["id"], item["caption"])} for item in info["items"]]
    chosen = choose_exemplars(items, fields, config["exemplars"])
    cells = prepared["images"][chosen].numpy()
    columns, rows = 64, (len(chosen) + 63) // 64
    atlas = np.zeros((rows * 32, columns * 32, 4), np.uint8)
    for n, cell in enumerate(cells):
        y, x = n // columns * 32, n % columns * 32
        atlas[y : y + 32, x : x + 32] = cell
    Image.fromarray(atlas).save(out / "exemplars.webp", lossless=True, exact=True, method=6)
    captions = [items[i]["title"].lower() for i in chosen]
    states, offsets = encode_all(captions, config["maxTokens"])
    vectors = torch.stack([F.normalize(states[offsets[i] : offsets[i + 1]].float().mean(0), dim=0) for i in range(len(captions))])
    (vectors * 127).round().clamp(-127, 127).to(torch.int8).numpy().tofile(out / "exemplars.i8")
    with open(out / "exemplars.jsonl", "w") as file:
        for i, caption in zip(chosen, captions):
            item = items[i]
            row = {"id": item["id"], "caption": caption} | {k: item[k] for k in ("kind", "source", "license")}
            if item["source"] == "game-icons":
                row["kind"] = "symbol"
            colors = item["colors"] or color_names(prepared["images"][i].numpy())[:3]
            if colors:
                row["colors"] = colors
            if fields[i][3] == 1:
                row["seamless"] = True
            file.write(json.dumps(row, separators=(",", ":")) + "\n")
    named = {}
    for i in chosen:
        item = items[i]
        if item["license"] != "CC0-1.0":
            owner = credits[item["attribution"]]
            named[item["source"]] = f"{owner['author']}, {owner['url']}"
    return {"count": len(chosen), "licenses": sorted({items[i]["license"] for i in chosen}), "credits": named}


def write_credits(folders, work, out):
    items = json.load(open(work / "prepared.json"))["items"]
    used = {}
    for item in items:
        used[item["attribution"]] = used.get(item["attribution"], 0) + 1
    rows = [json.loads(line) for folder in folders for line in open(folder / "ATTRIBUTION.jsonl")]
    with open(out / "ATTRIBUTION.jsonl", "w") as file:
        for row in rows:
            if row["attribution"] in used:
                file.write(json.dumps({**row, "items": used[row["attribution"]]}) + "\n")
    return sorted({item["license"] for item in items}), len(items)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    for name in ("work", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--id", default="embedded-v1")
    parser.add_argument("--exemplars", choices=["auto", "off"], default="auto", help="the default of generation")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    config = json.load(open(HERE / "config.json"))
    torch.set_num_threads(1)
    generator, coder = write_graphs(args.work, args.out)
    exemplars = write_exemplars(args.data, args.work, args.out, config["data"])
    licenses, items = write_credits(args.data, args.work, args.out)
    files = {
        "textEncoder": "text-encoder.onnx", "tokenizer": "tokenizer.json", "generator": "generator.onnx", "encoder": "encoder.onnx",
        "decoder": "decoder.onnx", "exemplarAtlas": "exemplars.webp", "exemplarRows": "exemplars.jsonl", "exemplarVectors": "exemplars.i8",
    }
    card = {
        "id": args.id,
        "title": "Pixelkiln embedded model",
        "backend": "embedded",
        "output": "native",
        "sizes": [config["data"]["size"]],
        "controls": ["prompt", "negativePrompt", "kind", "bounds", "palette", "colorCount", "wrapX", "wrapY", "known", "mask", "start", "strength", "exemplars", "seed", "steps", "guidanceScale"],
        "deterministic": True,
        "defaults": {"steps": 20, "guidanceScale": 3.0, "exemplars": args.exemplars, "exemplarNoise": 0.4},
        "files": files,
        "hashes": {f: hashlib.sha256((args.out / f).read_bytes()).hexdigest() for f in files.values()},
        "text": {"encoder": "all-MiniLM-L6-v2 (Apache-2.0)", "maxTokens": config["data"]["maxTokens"], "width": 384},
        "latent": {"channels": coder["config"]["channels"], "factor": 4},
        "kinds": KINDS,
        "sources": SOURCES,
        "colorBuckets": COLOR_BUCKETS,
        "weightsLicense": "CC-BY-4.0",
        "trainingDataLicenses": licenses,
        "attribution": "ATTRIBUTION.jsonl",
        "exemplars": exemplars,
        "training": {
            "date": datetime.date.today().isoformat(),
            "pictures": items,
            "seed": config["seed"],
            "autoencoder": {"samples": coder["samples"], "seconds": round(coder["seconds"]), "loss": round(coder["loss"], 4)},
            "generator": {"samples": generator["samples"], "seconds": round(generator["seconds"]), "loss": round(generator["loss"], 4), "parameters": sum(v.numel() for v in generator["average"].values())},
            "machine": torch.cuda.get_device_name(0) if torch.cuda.is_available() else f"{config['cpu']['processes']} {platform.machine()} CPU cores",
        },
    }
    (args.out / "model.json").write_text(json.dumps(card, indent=2) + "\n")
    total = sum(p.stat().st_size for p in args.out.iterdir())
    print(f"{args.out}: {total / 1e6:.1f} MB in all")


if __name__ == "__main__":
    main()
