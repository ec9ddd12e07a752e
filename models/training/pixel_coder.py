"""The near-lossless coder: 32x32 pixel art <-> 8x8x48, and a decoder that names palette entries.

The code is linear and fixed: principal components of 4x4 patches of three color planes, 48 of 48, each of unit variance.
Transparent pixels have a lightness below black, so that alpha needs no plane of its own. Nothing is lost in it, the
first channels hold the structure, and a generator's latents stay valid while the decoder learns. What the decoder
learns is to draw clean pixels from a code that is not exact: noise, and last channels that are missing. It is told
how exact the code is; told that it is exact (0), it returns every pixel.

It predicts each pixel's color and features. A pixel's score for a color of the palette is the nearness of the two plus the
product of features and the color's embedding; "transparent" is one more color. So a drawing is on its palette by
construction, and palettes of any length are taken. Where no palette is given, the predicted colors are the picture
("rgba"): some colors of it are the palette of a second run.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from net import OFFSET, SCALE, TO_OPPONENT, Block, Conv

ABSENT = -1e4  # score of a color that the palette does not have
EMBEDDING = 96
CLEAR = -1.8  # lightness of a transparent pixel; black has -1.28
BETWEEN, GAIN = (CLEAR - 1.28) / 2, 4.0  # lightness -> alpha plane, about -1 to +1


def to_colors(rgb):
    """0-1 RGB [...,3] -> opponent color, about unit variance."""
    return (rgb @ TO_OPPONENT.to(rgb.device).T - OFFSET.to(rgb.device)) * SCALE.to(rgb.device)


def with_alpha(colors):
    """Opponent colors [B,K,3] -> points [B,K+1,4]: alpha +1, and "transparent" (below black, alpha -1) at the end."""
    clear = torch.tensor([CLEAR, 0.0, 0.0, -1.0], device=colors.device)
    return torch.cat([F.pad(colors, (0, 1), value=1.0), clear + colors[:, :1, :1] * 0], 1)  # no expand: a graph takes any batch


def planes_of(classes, colors):
    """Palette indices [B,H,W] (K = transparent) and colors [B,K,3] -> color and alpha planes [B,4,H,W]."""
    b, h, w = classes.shape
    x = with_alpha(colors).gather(1, classes.flatten(1)[..., None].expand(-1, -1, 4))
    return x.view(b, h, w, 4).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


class PixelCoder(nn.Module):
    """Planes [B,4,H,W] <-> code [B,C,H/4,W/4], H and W multiples of 8."""

    def __init__(self, channels=48, widths=(64, 128), features=24):
        super().__init__()
        self.config = {"channels": channels, "widths": list(widths), "features": features}
        self.features = features
        a, b = widths
        self.register_buffer("analysis", torch.zeros(channels, 48))
        self.register_buffer("synthesis", torch.zeros(48, channels))
        self.register_buffer("mean", torch.zeros(48))
        self.stem, self.coarse = Conv(channels, b), nn.ModuleList([Block(b, b, EMBEDDING), Block(b, b, EMBEDDING)])
        self.up = nn.Sequential(nn.Conv2d(b, 4 * a, 1), nn.PixelShuffle(2), Conv(a, a))
        self.drawn = Conv(16, a)  # sees the linear picture
        self.fine = nn.ModuleList([Block(a, a, EMBEDDING), Block(a, a, EMBEDDING)])
        self.out = nn.Sequential(nn.GroupNorm(8, a), nn.SiLU(), Conv(a, 4 * (features + 5)), nn.PixelShuffle(2))
        e = EMBEDDING
        self.color = nn.Sequential(nn.Linear(3, e), nn.SiLU(), nn.Linear(e, e))
        self.whole = nn.Sequential(nn.Linear(e, e), nn.SiLU(), nn.Linear(e, e))
        self.untold = nn.Parameter(torch.zeros(e))
        self.exactness = nn.Linear(2, e)
        self.color_out = nn.Sequential(nn.SiLU(), nn.Linear(e, e), nn.SiLU(), nn.Linear(e, features))
        self.transparent = nn.Parameter(torch.zeros(features))
        self.sharpness = nn.Parameter(torch.tensor([3.2, 3.2, 3.2, 1.5]))  # logarithms, by plane
        nn.init.zeros_(self.out[2].bias)
        with torch.no_grad():
            self.out[2].weight[4 * features :] = 0  # the shuffle takes four neighbors a plane

    @torch.no_grad()
    def begin_with_components(self, planes):
        """Sets the code from pictures [N,4,H,W]."""
        patches = F.pixel_unshuffle(planes[:, :3], 4).permute(0, 2, 3, 1).reshape(-1, 48).double()
        mean = patches.mean(0)
        values, axes = torch.linalg.eigh((patches - mean).T @ (patches - mean) / len(patches))
        axes, spread = axes.flip(1)[:, : len(self.analysis)], values.flip(0)[: len(self.analysis)].sqrt()
        axes = axes * axes.sum(0).sign()  # any machine chooses the same signs
        self.analysis.copy_((axes / spread).T), self.synthesis.copy_(axes * spread), self.mean.copy_(mean)

    def slow_parts(self):
        """What begins right and would be shaken by full steps: the layer that adds to the linear picture."""
        return list(self.out[2].parameters())

    @torch.no_grad()
    def importance(self, deviation):
        """How much of the picture each code channel carries, 1 in the mean."""
        share = self.synthesis.norm(dim=0).cpu() * deviation
        return share / share.mean()

    def encode(self, planes):
        """Planes with the color of transparent pixels as it may be: alpha decides."""
        clear = torch.tensor([CLEAR, 0.0, 0.0], device=planes.device).view(3, 1, 1)
        patches = F.pixel_unshuffle(torch.where(planes[:, 3:] > 0, planes[:, :3], clear), 4)
        return F.conv2d(patches - self.mean.view(48, 1, 1), self.analysis[..., None, None])

    def linear_picture(self, z):
        colors = F.pixel_shuffle(F.conv2d(z, self.synthesis[..., None, None]) + self.mean.view(48, 1, 1), 4)
        return torch.cat([colors, ((colors[:, :1] - BETWEEN) * GAIN).clamp(-1.5, 1.5)], 1)

    def decode(self, z, colors, mask, noise):
        """`noise` [B] is how far the code is off, as a share of its deviation (0 = exact; a generator's, about 0.2).

        -> planes [B,4,H,W] and scores [B,K+1,H,W] of the colors [B,K,3] whose mask [B,K] is 1, then of transparent.

        A row whose mask is all 0 is drawn without a palette; only its planes mean something.
        """
        e, told = self.color(colors), mask.amax(1, keepdim=True)
        mean = (e * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        whole = self.whole(mean) * told + self.untold * (1 - told)
        trust = noise[:, None] / (noise[:, None] + 0.05)
        film = F.silu(whole + self.exactness(torch.cat([noise[:, None] * 2, trust], 1)))
        e = self.color_out(e + whole[:, None])
        linear = self.linear_picture(z)
        h = self.stem(z)
        for block in self.coarse:
            h = block(h, film)
        h = self.up(h) + self.drawn(F.pixel_unshuffle(linear, 2))
        for block in self.fine:
            h = block(h, film)
        h = self.out(h) * trust[..., None, None]
        f, planes, sure = h[:, : self.features], linear + h[:, self.features : -1], h[:, -1:].clamp(-3, 3).exp()
        points, s = with_alpha(colors), self.sharpness.exp()
        # -|planes - point|^2 by plane, without what all colors of a pixel share
        near = torch.einsum("bkc,bchw->bkhw", 2 * s * points, planes) - (s * points**2).sum(-1)[..., None, None]
        embeddings = torch.cat([e, self.transparent + e[:, :1] * 0], 1)
        scores = near * sure + torch.einsum("bkf,bfhw->bkhw", embeddings, f) * (2 / self.features**0.5)
        return planes, scores + F.pad(1 - mask, (0, 1))[..., None, None] * ABSENT
