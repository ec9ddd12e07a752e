"""Writes models/<evaluator>: two graphs, the real sprites kept aside, and descriptors of the training pictures.

The training pictures do not ship: a thumbnail of 16x16 and 128 numbers each are enough to find the nearest
one of a sample. The threshold of a copy is measured, not chosen: what the autoencoder alone makes of known
pictures, in 16 colours and shifted, is a copy by construction.
"""

import collections
import json
import re

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image

from compact import unpack_weights
from graphs import stored_small, write_graph
from net import KINDS, OFFSET, SCALE, TO_OPPONENT, Autoencoder, Wrap, to_planes, to_rgba8

COPIES, SHIFT, SHARE = 300, 2, 0.9
REAL_COLUMNS, THUMB_COLUMNS = 10, 96


class PictureGraph(nn.Module):
    """rgba [B,4,32,32] 0-1 -> unit vectors."""

    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, rgba):
        Wrap.tensor = torch.zeros(1, 2)
        return self.tower(_planes(rgba))


def _planes(rgba):
    color = (torch.einsum("ij,bjhw->bihw", TO_OPPONENT, rgba[:, :3]) - OFFSET.view(3, 1, 1)) * SCALE.view(3, 1, 1) * rgba[:, 3:]
    return torch.cat([color, rgba[:, 3:] * 2 - 1], 1)


def thumbnails(images):
    """uint8 [B,32,32,4] -> uint8 [B,16,16,4]: means of colour times alpha, and of alpha."""
    x = images.float()
    x = torch.cat([x[..., :3] * x[..., 3:] / 255, x[..., 3:]], -1).permute(0, 3, 1, 2)
    return F.avg_pool2d(x, 2).permute(0, 2, 3, 1).round().to(torch.uint8)


def contrast(t):
    """Sum of what a thumbnail's colours differ from their mean; at least 3 % of what is drawn."""
    alpha = t[..., 3:] / 255
    mean = t[..., :3].sum((-2, -3), keepdim=True) / alpha.sum((-2, -3), keepdim=True).clamp(min=1e-3)
    return torch.maximum((t[..., :3] - alpha * mean).abs().sum((-1, -2, -3)), 7.65 * alpha.sum((-1, -2, -3)))


def distance(a, b):
    """Difference of two thumbnails as a share of the contrast of the richer one: 0 the same, about 1 unrelated."""
    a, b = a.float(), b.float()
    return (a - b).abs().sum((-1, -2, -3)) / torch.maximum(contrast(a), contrast(b)).clamp(min=1e-3)


def moved(images, x, y):
    """Shifts pictures; what leaves the canvas is lost."""
    padded = F.pad(images, (0, 0, SHIFT, SHIFT, SHIFT, SHIFT))
    return padded[:, SHIFT - y : SHIFT - y + 32, SHIFT - x : SHIFT - x + 32]


def shifted_distance(images, known):
    """Least distance of pictures to thumbnails of the same rows, over small shifts and the mirror image."""
    best = torch.full((len(images),), torch.inf)
    for flipped in (images, images.flip(2)):
        for x in range(-SHIFT, SHIFT + 1):
            for y in range(-SHIFT, SHIFT + 1):
                best = torch.minimum(best, distance(thumbnails(moved(flipped, x, y)), known))
    return best


@torch.no_grad()
def copies(data, work):
    """Distances of pictures that went through the autoencoder, 16 colours and (tiles not) a shift, to themselves."""
    saved = torch.load(work / "autoencoder.pt", map_location="cpu")
    coder = Autoencoder(**saved["config"]).eval()
    coder.load_state_dict(unpack_weights(saved)[1])
    random = np.random.default_rng(1)
    kinds = data.fields[data.generator_training, 0]
    of = lambda kind, count: random.choice(data.generator_training[kinds == KINDS.index(kind)].numpy(), count, replace=False)
    index = torch.from_numpy(np.concatenate([of("sprite", COPIES), of("tile", COPIES // 3)]))
    Wrap.tensor = None
    images = to_rgba8(coder.decode(coder.encode(to_planes(data.images[index])))).numpy()
    for n, image in enumerate(images):
        drawn = image[..., 3] > 0
        images[n][drawn, :3] = np.array(Image.fromarray(image[drawn][None, :, :3].copy()).quantize(16).convert("RGB"))[0]
    images = torch.from_numpy(images)
    images[:COPIES] = moved(images[:COPIES], 1, -2)
    return shifted_distance(images, thumbnails(data.images[index]))


@torch.no_grad()
def neighbours(data):
    """Distances of the real sprites kept aside to the nearest picture with another caption."""
    known = thumbnails(data.images)
    found = []
    for i in data.real:
        other = torch.tensor([n for n in range(len(known)) if data.plain[n] != data.plain[i]])
        near = other[distance(thumbnails(data.images[i : i + 1]), known[other]).topk(64, largest=False).indices]
        found.append(shifted_distance(data.images[i : i + 1].expand(64, -1, -1, -1), known[near]).min())
    return torch.stack(found)


def words_of(data):
    """How many of the evaluator's training pictures have a word in their caption's first part."""
    counts = collections.Counter()
    for i in data.training.tolist():
        counts.update(set(re.findall(r"[a-z']+", data.plain[i])))
    return {w: n for w, n in sorted(counts.items()) if n >= 3}


def sheet(cells, columns):
    """[N,h,w,4] -> one picture, row by row."""
    n, h, w, c = cells.shape
    rows = -(-n // columns)
    grid = np.zeros((rows * columns, h, w, c), np.uint8)
    grid[:n] = cells
    return Image.fromarray(grid.reshape(rows, columns, h, w, c).swapaxes(1, 2).reshape(rows * h, columns * w, c))


@torch.no_grad()
def write_descriptors(net, data, out):
    Wrap.tensor = None
    images, items = data.images[data.whole], [data.items[i] for i in data.whole]
    features = torch.cat([net.picture(to_planes(part)) for part in images.split(256)])
    scale = 127 / features.abs().amax(1, keepdim=True)
    (out / "training-features.i8").write_bytes((features * scale).round().to(torch.int8).numpy().tobytes())
    sheet(thumbnails(images).numpy(), THUMB_COLUMNS).save(out / "training-thumbnails.webp", lossless=True, exact=True, method=6)
    captions = [data.plain[i] for i in data.whole]
    rows = {"ids": [i["id"] for i in items], "captions": captions, "kinds": [i["kind"] for i in items]}
    (out / "training.json").write_text(json.dumps(rows, separators=(",", ":")) + "\n")


def write_real(data, out):
    sheet(data.images[data.real].numpy(), REAL_COLUMNS).save(out / "real.png", optimize=True)
    keys = ("id", "source", "license", "path")
    rows = [{"caption": data.plain[i], "word": data.heads[i], **{k: data.items[i][k] for k in keys}} for i in data.real]
    (out / "real.json").write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def write_evaluator(net, data, record, out, work):
    out.mkdir(parents=True, exist_ok=True)
    write_descriptors(net, data, out)
    write_real(data, out)
    copied, near = copies(data, work), neighbours(data)
    threshold = round(copied.quantile(SHARE).item(), 2)
    print("copies", [round(copied.quantile(q).item(), 3) for q in (0.05, 0.5, 0.95, 0.99)], "real", [round(near.quantile(q).item(), 3) for q in (0.01, 0.05, 0.25, 0.5)])
    picture, text = stored_small(net.picture, "int8"), stored_small(net.text, "int8")
    both = {0: "b"}
    write_graph(PictureGraph(picture), ((torch.rand(2, 4, 32, 32) > 0.5).float(),), out / "picture.onnx", ["rgba"], ["features"], {"rgba": both, "features": both})
    pooled = F.normalize(torch.randn(2, 384), dim=1)
    write_graph(text, (pooled,), out / "text.onnx", ["pooled"], ["features"], {"pooled": both, "features": both})
    card = {
        "what": "image-text evaluator of npm run eval; draws nothing",
        "text": "all-MiniLM-L6-v2 (Apache-2.0), mean of the token states",
        "weightsLicense": "CC-BY-4.0",
        "trainingDataLicenses": sorted({data.items[i]["license"] for i in data.training.tolist()}),
        "attribution": "../embedded-v1/ATTRIBUTION.jsonl",
        "training": {"pictures": len(data.training), "validation": len(data.validation), "real": len(data.real), **record},
        "memorization": {
            "threshold": threshold,
            "copiesBelow": SHARE,
            "realBelow": round((near < threshold).float().mean().item(), 3),
            "realMedian": round(near.median().item(), 3),
        },
        "words": words_of(data),
    }
    (out / "evaluator.json").write_text(json.dumps(card) + "\n")
    print(f"{out}: {sum(p.stat().st_size for p in out.iterdir()) / 1e6:.2f} MB", {p.name: p.stat().st_size for p in out.iterdir()})
