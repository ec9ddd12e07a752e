"""Checkpoints -> models/<id>: ONNX graphs, credits and model.json, which lists the exemplars that lie in its folder.

    python export.py --data DATA [DATA ...] --work WORK --out ../embedded-v1 --id embedded-v1

Weights are int8 rows (generator, text encoder) or float16 (coders). A WORK with pixel-coder.pt is exported with it, one
with autoencoder.pt with that.
"""

import argparse
import datetime
import json
import platform
import shutil
from pathlib import Path

import torch

from compact import unpack_weights
from credits import write_credits
from export_exemplars import FILES as EXEMPLAR_FILES
from export_exemplars import SIZES, hashes_of
from export_pixel_coder import FILES as PIXEL_FILES
from export_pixel_coder import write_pixel_coder
from graphs import DecoderGraph, EncoderGraph, GeneratorGraph, stored_small, write_graph
from net import COLOR_BUCKETS, KINDS, SOURCES, Autoencoder, Generator
from text_encoder import TextEncoder, package_file

HERE = Path(__file__).parent
CANVAS = 32  # edge in pixels of what the networks draw


def write_graphs(work, out):
    saved = torch.load(work / "generator.pt", map_location="cpu")
    generator = Generator(**saved["config"])
    generator.load_state_dict(unpack_weights(saved)[1])
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

    coder_saved = write_pixel_coder(work, out) if (work / "pixel-coder.pt").exists() else write_autoencoder(work, out)

    ids, mask = torch.randint(1000, 20000, (2, 7)), torch.ones(2, 7)
    both = {0: "b", 1: "length"}
    encoder = TextEncoder()
    encoder.positions = encoder.positions[:64].clone()
    write_graph(encoder, (ids, mask), out / "text-encoder.onnx", ["ids", "mask"], ["states"], {"ids": both, "mask": both, "states": both})
    shutil.copy(package_file("tokenizer.json"), out / "tokenizer.json")
    return saved, coder_saved


def write_autoencoder(work, out):
    coder_saved, latents = torch.load(work / "autoencoder.pt", map_location="cpu"), torch.load(work / "latents.pt")
    coder = Autoencoder(**coder_saved["config"])
    coder.load_state_dict(unpack_weights(coder_saved)[1])
    stored_small(coder, "float16")
    wrap, batch, size = torch.tensor([[0.0, 0.0], [1.0, 1.0]]), {0: "b"}, {0: "b", 2: "h", 3: "w"}
    write_graph(EncoderGraph(coder, latents["mean"], latents["deviation"]), ((torch.rand(2, 4, 32, 32) > 0.5).float(), wrap), out / "encoder.onnx", ["rgba", "wrap"], ["z"], {"rgba": size, "wrap": batch, "z": size})
    write_graph(DecoderGraph(coder, latents["mean"], latents["deviation"]), (torch.randn(2, coder_saved["config"]["channels"], 8, 8), wrap), out / "decoder.onnx", ["z", "wrap"], ["rgba"], {"z": size, "wrap": batch, "rgba": size})
    return coder_saved


def describe_coder(pixel, coder, out):
    """What model.json says of the latent, and of the graphs that code by palette where there are any."""
    latent = {"channels": coder["config"]["channels"], "factor": 4}
    return {"latent": {**latent, "canvas": CANVAS}} | ({"pixelLatent": {**latent, "files": PIXEL_FILES, "hashes": hashes_of(out, PIXEL_FILES)}} if pixel else {})


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
    licenses, items = write_credits(args.data, args.work, args.out / "ATTRIBUTION.jsonl")
    pixel, exemplars = (args.work / "pixel-coder.pt").exists(), (args.out / EXEMPLAR_FILES["exemplarRows"]).exists()
    files = {
        "textEncoder": "text-encoder.onnx", "tokenizer": "tokenizer.json", "generator": "generator.onnx", "encoder": "encoder.onnx",
        "decoder": "decoder.onnx", **(EXEMPLAR_FILES if exemplars else {}),
    }
    card = {
        "id": args.id,
        "title": "Pixelkiln embedded model",
        "backend": "embedded",
        "output": "native",
        "sizes": list(SIZES) if exemplars else [CANVAS],
        "editSizes": [CANVAS],
        "controls": ["prompt", "negativePrompt", "kind", "bounds", "palette", "colorCount", "wrapX", "wrapY", "known", "mask", "start", "strength", "exemplars", "seed", "steps", "guidanceScale"] + ["variation"] * exemplars,
        "deterministic": True,
        "defaults": {"steps": 20, "guidanceScale": 3.0, "exemplars": args.exemplars},
        "files": files,
        "hashes": hashes_of(args.out, files),
        "text": {"encoder": "all-MiniLM-L6-v2 (Apache-2.0)", "maxTokens": config["data"]["maxTokens"], "width": 384},
        **describe_coder(pixel, coder, args.out),
        "kinds": KINDS,
        "sources": SOURCES,
        "colorBuckets": COLOR_BUCKETS,
        "weightsLicense": "CC-BY-4.0",
        "trainingDataLicenses": licenses,
        "attribution": "ATTRIBUTION.jsonl",
        "training": {
            "date": datetime.date.today().isoformat(),
            "pictures": items,
            "seed": config["seed"],
            "pixelCoder" if pixel else "autoencoder": {"samples": coder["samples"], "seconds": round(coder["seconds"]), "loss": round(coder["loss"], 4)},
            "generator": {"samples": generator["samples"], "seconds": round(generator["seconds"]), "loss": round(generator["loss"], 4), "parameters": sum(v.numel() for v in generator["average"].values())},
            "machine": torch.cuda.get_device_name(0) if torch.cuda.is_available() else f"{config['cpu']['processes']} {platform.machine()} CPU cores",
        },
    }
    (args.out / "model.json").write_text(json.dumps(card, indent=2) + "\n")
    total = sum(p.stat().st_size for p in args.out.rglob("*") if p.is_file())
    print(f"{args.out}: {total / 1e6:.1f} MB in all")


if __name__ == "__main__":
    main()
