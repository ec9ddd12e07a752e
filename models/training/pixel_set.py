"""Batches for the pixel coder: pictures as palette indices, mirrored, shifted and recolored."""

import math

import torch

from batches import SIZE
from pixel_coder import to_colors

COLORS = 20  # most colors of a prepared picture; index of "transparent"
MEASURED = 300


def indexed(images):
    """uint8 [N,32,32,4] -> indices uint8 [N,32,32], palettes uint8 [N,20,3] and their lengths [N]."""
    n = len(images)
    classes, palettes, counts = torch.full((n, SIZE, SIZE), COLORS, dtype=torch.uint8), torch.zeros(n, COLORS, 3, dtype=torch.uint8), torch.zeros(n, dtype=torch.long)
    for i, image in enumerate(images):
        opaque = image[..., 3] > 0
        found, index = torch.unique(image[opaque][:, :3], dim=0, return_inverse=True)
        classes[i][opaque] = index.to(torch.uint8)
        palettes[i, : len(found)], counts[i] = found, len(found)
    return classes, palettes, counts


class PixelSet:
    """`training` and `validation` are numbers of pictures; `validation` are the same 300 at any seed."""

    def __init__(self, work, seed, device):
        prepared = torch.load(work / "prepared.pt")
        self.classes, self.palettes, self.counts = indexed(prepared["images"])
        held = prepared["held"]
        self.training = torch.where(held == 0)[0]
        measured = torch.where(held == 1)[0]
        self.validation = measured[torch.randperm(len(measured), generator=torch.Generator().manual_seed(1))[:MEASURED]]
        self.weights = prepared["weights"][self.training]
        self.seamless = prepared["fields"][:, 3] == 1
        self.wrap_weights = self.weights * self.seamless[self.training]
        self.device, self.random = device, torch.Generator().manual_seed(seed)

    def get(self, index):
        """Indices [B,32,32] (20 = transparent), opponent colors [B,20,3] and their mask [B,20]."""
        mask = (torch.arange(COLORS)[None] < self.counts[index, None]).float()
        return [x.to(self.device) for x in (self.classes[index].long(), to_colors(self.palettes[index].float() / 255), mask)]

    def batch(self, count, wrap, settings):
        """`wrap`: seamless tiles only, rolled by any amount; else shifted by at most 3 pixels. A share is recolored."""
        r = self.random
        index = self.training[torch.multinomial(self.wrap_weights if wrap else self.weights, count, True, generator=r)]
        classes, colors, mask = self.get(index)
        flip = (torch.rand(count, generator=r) < 0.5).to(self.device)
        classes = torch.where(flip[:, None, None], classes.flip(2), classes)
        reach = SIZE // 2 if wrap else 3
        shift = torch.randint(-reach, reach + 1, (count, 2), generator=r)
        rows, columns = ((torch.arange(SIZE)[None] - shift[:, i, None]) % SIZE for i in (0, 1))
        classes = classes[torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
        return classes, self.recolored(colors, settings["recolorShare"]), mask

    def recolored(self, colors, share):
        """Hue turned by any angle for a share of the pictures; lightness and saturation off by up to 10 % for all.

        Indices stay, so no two colors of a palette become one.
        """
        r, b = self.random, len(colors)
        turn = torch.rand(b, generator=r) * 2 * math.pi * (torch.rand(b, generator=r) < share)
        gain = 1 + (torch.rand(b, 2, generator=r) - 0.5) * 0.2
        c, s, light = (x.to(colors.device) for x in (turn.cos()[:, None] * gain[:, :1], turn.sin()[:, None] * gain[:, :1], gain[:, 1:]))
        u, v = colors[..., 1] * 0.4, colors[..., 2] * (8 / 21)  # chroma axes of equal length
        return torch.stack([colors[..., 0] * light, (u * c - v * s) / 0.4, (u * s + v * c) * (21 / 8)], -1)
