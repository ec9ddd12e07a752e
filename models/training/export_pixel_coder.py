"""The pixel coder's checkpoint -> pixel-encoder.onnx and pixel-decoder.onnx, listed in the folder's model.json.

    python export_pixel_coder.py --data DATA [DATA ...] --work WORK --out ../embedded-v1

Weights are float16, computed with in float32. Checked here: the graphs against PyTorch (1e-3 of the largest number),
the colors they choose against those of the checkpoint's own weights, and equal bytes on one and on two threads.
An OUT without a model.json gets one that holds the coder alone, enough for `npm run eval -- --reconstruct`.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn as nn

from compact import unpack_weights
from credits import write_credits
from graphs import EncoderGraph, as_rgba, stored_small, write_graph
from loop import HERE
from net import Wrap
from pixel_coder import PixelCoder, planes_of, to_colors
from pixel_set import COLORS, PixelSet

DRAWN_NOISE = 0.2  # what a generator's codes are taken to be off
CHECKED_NOISE = 0.1
CREDITS = "pixel-coder-ATTRIBUTION.jsonl"
FILES = {"pixelEncoder": "pixel-encoder.onnx", "pixelDecoder": "pixel-decoder.onnx"}


class PixelEncoderGraph(EncoderGraph):
    """The code of a cell is that of its own 4x4 pixels: nothing wraps around."""

    def forward(self, rgba):
        return super().forward(rgba, None)


class PixelDecoderGraph(nn.Module):
    """Normalized code, palette [B,K,3] 0-1, its mask [B,K] (1 = a color) and how exact the code is [B] (0 = exact) -> rgba [B,4,H,W] 0-1 and scores [B,K+1,H,W].

    `scores` rank the colors of the palette, then "transparent"; with a mask of zeros only `rgba` means something.
    """

    def __init__(self, net, mean, deviation):
        super().__init__()
        self.net, self.mean, self.deviation = net, mean[:, None, None], deviation[:, None, None]

    def forward(self, z, palette, palette_mask, noise, wrap):
        Wrap.tensor = wrap
        planes, scores = self.net.decode(z * self.deviation + self.mean, to_colors(palette), palette_mask, noise)
        return as_rgba(planes), scores


class PlainDecoderGraph(nn.Module):
    """Normalized code -> rgba, without a palette: what the service decodes a drawing with."""

    def __init__(self, graph):
        super().__init__()
        self.graph = graph

    def forward(self, z, wrap):
        none = z[:, :1, 0, 0] * 0
        return self.graph(z, none[..., None].expand(-1, -1, 3), none, none[:, 0] + DRAWN_NOISE, wrap)[0]


def load_coder(work):
    saved = torch.load(work / "pixel-coder.pt", map_location="cpu")
    net = PixelCoder(**saved["config"])
    net.load_state_dict(unpack_weights(saved)[1])
    return net.eval(), saved


def scale_of(work, channels):
    """What the generator's latents are normalized by; before there are any, nothing: the code is near unit variance."""
    if (work / "latents.pt").exists():
        latents = torch.load(work / "latents.pt", mmap=True)
        if len(latents["mean"]) == channels:
            return latents["mean"], latents["deviation"]
    return torch.zeros(channels), torch.ones(channels)


def session_of(path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@torch.no_grad()
def choices(net, data, index):
    """Color numbers that the checkpoint itself chooses."""
    classes, colors, mask = data.get(index)
    z = net.encode(planes_of(classes, colors))
    return net.decode(z, colors, mask, torch.full((len(z),), CHECKED_NOISE))[1].argmax(1).numpy()


def check(out, net, data):
    """Share of pixels for which the graphs choose another color than the checkpoint; asserts equal bytes on any thread count."""
    index = data.validation[:100]
    classes, _, mask = data.get(index)
    palette = data.palettes[index].float() / 255
    colors = torch.cat([palette, torch.zeros(len(index), 1, 3)], 1).gather(1, classes.flatten(1)[..., None].expand(-1, -1, 3))
    rgba = torch.cat([colors, (classes.flatten(1) < COLORS).float()[..., None]], 2).view(len(index), 32, 32, 4).permute(0, 3, 1, 2)
    wrap, results = np.zeros((len(index), 2), np.float32), []
    for threads in (1, 2):
        z = session_of(out / FILES["pixelEncoder"], threads).run(None, {"rgba": rgba.contiguous().numpy()})[0]
        results.append(session_of(out / FILES["pixelDecoder"], threads).run(None, {"z": z, "palette": palette.numpy(), "palette_mask": mask.numpy(), "noise": np.full(len(index), CHECKED_NOISE, np.float32), "wrap": wrap}))
    assert all((a == b).all() for a, b in zip(*results)), "another thread count gives other numbers"
    return float((results[0][1].argmax(1) != choices(net, data, index)).mean())


def write_card(out, saved):
    path = out / "model.json"
    card = json.load(open(path)) if path.exists() else {"id": "pixel-coder"}
    hashes = {f: hashlib.sha256((out / f).read_bytes()).hexdigest() for f in FILES.values()}
    # Apart from the card's own files and hashes, which name the model: what it draws does not depend on these yet.
    card["pixelLatent"] = {"channels": saved["config"]["channels"], "factor": 4, "files": FILES, "hashes": hashes, "attribution": CREDITS}
    card.setdefault("training", {})["pixelCoder"] = {"samples": saved["samples"], "seconds": round(saved["seconds"]), "loss": round(saved["loss"], 4)}
    path.write_text(json.dumps(card, indent=2) + "\n")


def write_pixel_coder(work, out, plain=True):
    """Writes and checks the graphs; returns the checkpoint. `plain`: encoder.onnx and decoder.onnx for drawing, too."""
    net, saved = load_coder(work)
    own, c = load_coder(work)[0], saved["config"]["channels"]
    mean, deviation = scale_of(work, c)
    stored_small(net, "float16")
    wrap, batch, size = torch.tensor([[0.0, 0.0], [1.0, 1.0]]), {0: "b"}, {0: "b", 2: "h", 3: "w"}
    picture, code = (torch.rand(2, 4, 32, 32) > 0.5).float(), torch.randn(2, c, 8, 8)
    write_graph(PixelEncoderGraph(net, mean, deviation), (picture,), out / FILES["pixelEncoder"], ["rgba"], ["z"], {"rgba": size, "z": size})
    decoder, swatches = PixelDecoderGraph(net, mean, deviation), {0: "b", 1: "swatches"}
    axes = {"z": size, "palette": swatches, "palette_mask": swatches, "noise": batch, "wrap": batch, "rgba": size, "scores": {**size, 1: "colors"}}
    inputs = (code, torch.rand(2, 5, 3), torch.ones(2, 5), torch.tensor([0.0, 0.3]), wrap)
    write_graph(decoder, inputs, out / FILES["pixelDecoder"], ["z", "palette", "palette_mask", "noise", "wrap"], ["rgba", "scores"], axes)
    if plain:
        shutil.copy(out / FILES["pixelEncoder"], out / "encoder.onnx")
        write_graph(PlainDecoderGraph(decoder), (code, wrap), out / "decoder.onnx", ["z", "wrap"], ["rgba"], {"z": size, "wrap": batch, "rgba": size})
    Wrap.tensor = None
    changed = check(out, own, PixelSet(work, json.load(open(HERE / "config.json"))["seed"], torch.device("cpu")))
    print(f"another color than the checkpoint's: {changed:.5f} of the pixels; same bytes on 1 and 2 threads")
    assert changed < 2e-3
    return saved


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the folders of prepare.py, in its order")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    write_card(args.out, write_pixel_coder(args.work, args.out, plain=False))
    write_credits(args.data, args.work, args.out / CREDITS)


if __name__ == "__main__":
    main()
