"""Draws a contact sheet from a checkpoint: each prompt with `--seeds` seeds, at 4x.

    python sample.py --work WORK --out sheet.png [--guidance 3] [--steps 20] [--prompts FILE]
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from compact import unpack_weights
from export_pixel_coder import DRAWN_NOISE
from net import COLOR_BUCKETS, KINDS, SOURCES, Autoencoder, Generator, to_rgba8
from palettes import MOST, palettes_of
from pixel_coder import PixelCoder, to_colors
from prepare import limit_colors
from text_encoder import encode_all

PROMPTS = [
    "red dragon", "blue potion", "iron sword", "orc warrior", "mossy stone floor", "treasure chest", "green slime", "wizard in blue robe",
    "wooden door", "lava", "skeleton", "golden key", "spider", "bat", "apple", "shield", "helmet", "tree", "ghost", "robot", "scroll",
    "ring", "snake", "grass", "mushroom", "axe", "book", "cheese", "bread", "purple crystal", "chair", "zombie", "portrait of a woman with red hair",
    "knight", "fire spell", "goblin",
]
TILES = {"mossy stone floor", "lava", "grass"}


@torch.no_grad()
def draw(net, text, mask, kind, seeds, steps, guidance, channels=12):
    """One prompt's latents, Euler on the flow, guidance halved near pure noise."""
    n = len(seeds)
    z = torch.stack([torch.randn(channels, 8, 8, generator=torch.Generator().manual_seed(s)) for s in seeds])
    text, mask = text.expand(n, -1, -1), mask.expand(n, -1)
    fields = (torch.full((2 * n,), KINDS.index(kind)), torch.full((2 * n,), SOURCES.index("unknown")), torch.full((2 * n,), len(COLOR_BUCKETS)), torch.zeros(2 * n, 5), torch.zeros(2 * n, 1, 3), torch.zeros(2 * n, 1), torch.zeros(2 * n, channels, 8, 8), torch.zeros(2 * n, 1, 8, 8))
    for i in range(steps):
        t, u = 1 - i / steps, 1 - (i + 1) / steps
        out = net(torch.cat([z, z]), torch.full((2 * n,), t), torch.cat([text, text * 0]), torch.cat([mask, mask * 0]), *fields)
        own, none = out.chunk(2)
        clean = none + (guidance if t < 0.9 else 1 + (guidance - 1) / 2) * (own - none)
        z = clean if u < 1e-6 else z + (u - t) * (z - clean) / t
    return z


def load_coder(work):
    """The coder that the latents are of, as a function from codes to uint8 [B,H,W,4]."""
    if (work / "pixel-coder.pt").exists():
        saved = torch.load(work / "pixel-coder.pt", map_location="cpu")
        coder = PixelCoder(**saved["config"]).eval()
        coder.load_state_dict(unpack_weights(saved)[1])
        return lambda z: drawn_twice(coder, z)
    saved = torch.load(work / "autoencoder.pt", map_location="cpu")
    coder = Autoencoder(**saved["config"]).eval()
    coder.load_state_dict(unpack_weights(saved)[1])
    return lambda z: to_rgba8(coder.decode(z))


def drawn_twice(coder, z):
    """Without a palette first; 16 colors of that are the palette of the second drawing."""
    none, noise = torch.zeros(len(z), 1), torch.full((len(z),), DRAWN_NOISE)
    first = to_rgba8(coder.decode(z, none[..., None].expand(-1, -1, 3), none, noise)[0])
    few = torch.from_numpy(np.stack([limit_colors(image, MOST) for image in first.numpy()]))
    palette, counts = palettes_of(few)
    scores = coder.decode(z, to_colors(palette.float() / 255), (torch.arange(MOST)[None] < counts[:, None]).float(), noise)[1]
    table = torch.cat([torch.cat([palette, palette.new_full((len(z), MOST, 1), 255)], 2), palette.new_zeros(len(z), 1, 4)], 1)
    chosen = scores.argmax(1).flatten(1)[..., None].expand(-1, -1, 4)
    return table.gather(1, chosen).view(len(z), *scores.shape[2:], 4)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--prompts", type=Path)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    saved, stats, decode = torch.load(args.work / "generator.pt"), torch.load(args.work / "latents.pt", mmap=True), load_coder(args.work)
    net = Generator(**saved["config"]).eval()
    net.load_state_dict(unpack_weights(saved)[1])
    prompts = args.prompts.read_text().split("\n") if args.prompts else PROMPTS
    states, offsets = encode_all(prompts, 24)
    scale, columns, label = 4, 12, 12
    cell = 32 * scale + 4
    rows = (len(prompts) + columns - 1) // columns
    sheet = Image.new("RGB", (columns * cell, rows * (args.seeds * cell + label)), (58, 62, 72))
    pen = ImageDraw.Draw(sheet)
    for p, prompt in enumerate(prompts):
        text = states[offsets[p] : offsets[p + 1]].float()[None]
        kind = "tile" if prompt in TILES else "portrait" if prompt.startswith("portrait") else "sprite"
        z = draw(net, text, torch.ones(1, text.shape[1]), kind, range(args.seeds), args.steps, args.guidance, saved["config"]["channels"])
        with torch.no_grad():
            images = decode(z * stats["deviation"][:, None, None] + stats["mean"][:, None, None])
        x, y = p % columns * cell, p // columns * (args.seeds * cell + label)
        pen.text((x + 2, y), prompt[:22], fill=(255, 255, 255))
        for s, image in enumerate(images.detach().numpy()):
            big = Image.fromarray(limit_colors(image, 16)).resize((32 * scale, 32 * scale), Image.Resampling.NEAREST)
            sheet.paste(big, (x, y + label + s * cell), big)
    sheet.save(args.out)
    print(f"{args.out} after {saved['samples']} samples")


if __name__ == "__main__":
    main()
