"""Palettes that the generator is told to draw with: the colours of each picture, and how training shows them."""

import torch

MOST = 16


def palettes_of(images):
    """uint8 [N,H,W,4] -> its most frequent colours, uint8 [N,16,3] in falling order, and how many there are [N]."""
    colors, counts = torch.zeros(len(images), MOST, 3, dtype=torch.uint8), torch.zeros(len(images), dtype=torch.long)
    for i, image in enumerate(images):
        found, pixels = torch.unique(image[image[..., 3] > 0][:, :3], dim=0, return_counts=True)
        found = found[pixels.argsort(descending=True, stable=True)[:MOST]]
        colors[i, : len(found)], counts[i] = found, len(found)
    return colors, counts


def draw_palettes(colors, counts, dropout, random):
    """Palettes to train with, [B,32,3] 0-1 and a mask [B,32]: no colours, the picture's main ones, or more than it needs.

    A player's palette is seldom the picture's own: a third of them hold the colours of another picture too, so
    that the net learns to choose, and half leave rare colours out, so that it learns to do with few.
    """
    b = len(counts)
    uniform = lambda: torch.rand(b, generator=random)
    few = torch.where(uniform() < 0.5, (2 + uniform() * (counts - 1)).long().minimum(counts), counts)
    other, other_counts = colors.roll(1, 0), counts.roll(1, 0)
    more = torch.where(uniform() < 0.35, other_counts, 0)
    shown = uniform() >= dropout
    place = torch.arange(MOST)[None]
    mask = torch.cat([place < few[:, None], place < more[:, None]], 1) & shown[:, None]
    return torch.cat([colors, other], 1).float() / 255, mask.float()
