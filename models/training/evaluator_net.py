"""The evaluator: a picture and a text as unit vectors of one space, near each other when they fit.

Two towers and a contrastive loss (CLIP, Radford et al. 2021), at the size of a sprite. The text tower
stands on the pooled states of the same frozen MiniLM that the generator reads.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from net import Block, Conv

WIDTH = 128


class PictureTower(nn.Module):
    """RGBA planes of net.to_planes [B,4,32,32] -> unit vectors [B,128]."""

    def __init__(self, widths=(40, 80, 160), dropout=0.2):
        super().__init__()
        a, b, c = widths
        self.body = nn.Sequential(
            nn.PixelUnshuffle(2), Conv(16, a), Block(a, a), Conv(a, b, stride=2), Block(b, b), Conv(b, c, stride=2), Block(c, c),
            nn.GroupNorm(8, c), nn.SiLU(),
        )
        self.dropout, self.out = nn.Dropout(dropout), nn.Linear(2 * c, WIDTH)

    def forward(self, planes):
        h = self.body(planes).flatten(2)
        return F.normalize(self.out(self.dropout(torch.cat([h.mean(2), h.amax(2)], 1))).float(), dim=1)


class TextTower(nn.Module):
    """Mean of a text's token states, scaled to length 1 [B,384] -> unit vectors [B,128]."""

    def __init__(self, dropout=0.2):
        super().__init__()
        self.straight = nn.Linear(384, WIDTH)
        self.inner, self.dropout, self.outer = nn.Linear(384, 256), nn.Dropout(dropout), nn.Linear(256, WIDTH)

    def forward(self, pooled):
        x = pooled * 384**0.5
        return F.normalize((self.straight(x) + self.outer(self.dropout(F.gelu(self.inner(x))))).float(), dim=1)


class Evaluator(nn.Module):
    def __init__(self):
        super().__init__()
        self.config = {"width": WIDTH}
        self.picture, self.text = PictureTower(), TextTower()
        self.log_scale = nn.Parameter(torch.tensor(2.7))

    def forward(self, planes, pooled):
        return self.picture(planes), self.text(pooled)


def contrastive_loss(pictures, texts, scale, group):
    """Cross-entropy both ways; every picture and text of one `group` (the same caption) fit each other."""
    fits = (group[:, None] == group[None]).float()
    fits = fits / fits.sum(1, keepdim=True)
    logits = scale * pictures @ texts.T
    return (F.cross_entropy(logits, fits) + F.cross_entropy(logits.T, fits)) / 2


def recall(pictures, texts, k):
    """Share of texts whose picture (same row) is among the k nearest, and of pictures likewise."""
    scores = texts @ pictures.T
    own = scores.diagonal()
    return ((scores > own[:, None]).sum(1) < k).float().mean().item(), ((scores > own[None]).sum(0) < k).float().mean().item()
