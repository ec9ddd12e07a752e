"""The two networks of embedded-v1: the first autoencoder (32x32x4 <-> 8x8x12; `pixel_coder.py` is the second) and a flow U-Net in the latent of either.

Everything is convolutional and holds no position embedding, so that wrap padding makes an exactly
seamless picture on either axis. Padding is therefore ours (`Conv`): zero or circular, by axis.
Flow: x_t = (1-t)*x + t*noise (Lipman et al. 2023, rectified flow); the net predicts x.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

# Opponent colour: lightness, red-blue, green-magenta, scaled to about unit variance on sprites.
TO_OPPONENT = torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0.5, 0, -0.5], [-0.25, 0.5, -0.25]])
SCALE = torch.tensor([3.2, 5.0, 7.0])
OFFSET = torch.tensor([0.4, 0.0, 0.0])
FROM_OPPONENT = torch.linalg.inv(TO_OPPONENT)

KINDS = ["sprite", "tile", "character", "icon", "portrait", "unknown"]
SOURCES = [
    "dcss", "dcss-doll", "lpc-revised", "lpc-revised-people", "freedoom", "minetest", "ss14", "unknown", "fluent", "noto", "game-icons",
    "dawnlike", "cc0-packs", "serenity-emoji", "serenity-icons", "angband-gervais", "rltiles-nh", "farmersdelight", "freedoom-sprites", "blasphemer",
]
COLOR_BUCKETS = [6, 12, 24, 64, 256]  # upper bounds; one more index means "unknown"


def color_bucket(count):
    return next(i for i, limit in enumerate(COLOR_BUCKETS) if count <= limit) if count <= 256 else 4


def to_planes(rgba8):
    """uint8 [B,H,W,4] -> float [B,4,H,W]: opponent colour times alpha, alpha as -1/+1."""
    x = rgba8.float() / 255
    alpha = x[..., 3:]
    color = (x[..., :3] @ TO_OPPONENT.to(x.device).T - OFFSET.to(x.device)) * SCALE.to(x.device) * alpha
    return torch.cat([color, alpha * 2 - 1], -1).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


def to_rgba8(planes):
    """float [B,4,H,W] -> uint8 [B,H,W,4] with alpha 0 or 255."""
    x = planes.float().permute(0, 2, 3, 1)
    color = (x[..., :3] / SCALE.to(x.device) + OFFSET.to(x.device)) @ FROM_OPPONENT.to(x.device).T
    alpha = (x[..., 3:] > 0).float()
    return (torch.cat([color.clamp(0, 1) * alpha, alpha], -1) * 255).round().to(torch.uint8)


class Conv(nn.Conv2d):
    """3x3 convolution whose padding is chosen by `Wrap.axes` (training) or `Wrap.tensor` (export)."""

    def __init__(self, cin, cout, stride=1):
        super().__init__(cin, cout, 3, stride=stride, padding=1)

    def forward(self, x):
        if Wrap.tensor is not None:  # export: [B,2] floats (x, y), 1 wraps, 0 pads with zero
            wx, wy = Wrap.tensor[:, 0].view(-1, 1, 1, 1), Wrap.tensor[:, 1].view(-1, 1, 1, 1)
            x = torch.cat([x[..., -1:] * wx, x, x[..., :1] * wx], 3)
            x = torch.cat([x[..., -1:, :] * wy, x, x[..., :1, :] * wy], 2)
            return F.conv2d(x, self.weight, self.bias, self.stride)
        if Wrap.axes == (False, False):
            return F.conv2d(x, self.weight, self.bias, self.stride, 1)
        for dim, wrap in ((3, Wrap.axes[0]), (2, Wrap.axes[1])):
            n = x.shape[dim]
            first, last = x.narrow(dim, 0, 1), x.narrow(dim, n - 1, 1)
            x = torch.cat([last if wrap else last * 0, x, first if wrap else first * 0], dim)
        return F.conv2d(x, self.weight, self.bias, self.stride)


class Wrap:
    """Padding of every `Conv`, one setting for a whole batch: mixing it in a batch costs 15 % on CPU."""

    axes = (False, False)
    tensor = None


class Attention(nn.Module):
    def __init__(self, dim, context=None):
        super().__init__()
        self.heads = dim // 32
        self.q = nn.Linear(dim, dim)
        self.kv = nn.Linear(context or dim, 2 * dim)
        self.out = nn.Linear(dim, dim)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x, context=None, bias=None):
        context = x if context is None else context
        b, n, d = x.shape
        m, h = context.shape[1], self.heads
        q = self.q(x).view(b, n, h, d // h).transpose(1, 2)
        k, v = self.kv(context).chunk(2, -1)
        k, v = (u.view(b, m, h, d // h).transpose(1, 2) for u in (k, v))
        weights = (q * (d // h) ** -0.5) @ k.transpose(-1, -2)
        if bias is not None:
            weights = weights + bias[:, None, None, :].to(weights.dtype)
        return self.out((weights.softmax(-1) @ v).transpose(1, 2).reshape(b, n, d))


class TextBlock(nn.Module):
    """Self-attention over the pixels of a level, then cross-attention to the prompt's tokens."""

    def __init__(self, dim, context):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(dim), Attention(dim)
        self.norm2, self.cross = nn.LayerNorm(dim), Attention(dim, context)

    def forward(self, x, context, bias):
        b, c, h, w = x.shape
        t = x.flatten(2).transpose(1, 2)
        t = t + self.attn(self.norm1(t))
        t = t + self.cross(self.norm2(t), context, bias)
        return t.transpose(1, 2).reshape(b, c, h, w).contiguous(memory_format=torch.channels_last)


class Block(nn.Module):
    """Residual block; the embedding scales and shifts the second normalisation (adaLN)."""

    def __init__(self, cin, cout, embedding=0):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(8, cin), Conv(cin, cout)
        self.norm2, self.conv2 = nn.GroupNorm(8, cout), Conv(cout, cout)
        self.embed = nn.Linear(embedding, 2 * cout) if embedding else None
        self.skip = nn.Conv2d(cin, cout, 1) if cin != cout else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x, e=None):
        h = self.norm2(self.conv1(F.silu(self.norm1(x))))
        if self.embed is not None:
            scale, shift = self.embed(e)[..., None, None].chunk(2, 1)
            h = h * (1 + scale) + shift
        return self.skip(x) + self.conv2(F.silu(h))


class Autoencoder(nn.Module):
    """RGBA planes [B,4,H,W] <-> latent [B,C,H/4,W/4], H and W multiples of 8."""

    def __init__(self, channels=12, widths=(64, 128)):
        super().__init__()
        self.config = {"channels": channels, "widths": list(widths)}
        a, b = widths
        self.encoder = nn.Sequential(
            Conv(16, a), Block(a, a), Conv(a, b, stride=2), Block(b, b), nn.GroupNorm(8, b), nn.SiLU(), nn.Conv2d(b, channels, 1)
        )
        self.decoder = nn.Sequential(
            Conv(channels, b), Block(b, b), Block(b, b), nn.Conv2d(b, 4 * a, 1), nn.PixelShuffle(2),
            Conv(a, a), Block(a, a), Block(a, a), nn.GroupNorm(8, a), nn.SiLU(), Conv(a, 16), nn.PixelShuffle(2),
        )

    def encode(self, planes):
        return 2 * torch.tanh(self.encoder(F.pixel_unshuffle(planes, 2)) / 2)

    def decode(self, latent):
        return self.decoder(latent)


class Generator(nn.Module):
    """Predicts the clean latent from a noisy one, its time, the prompt's token states and the fields.

    z [B,C,h,w]; t [B] in (0,1]; text [B,L,384] MiniLM states; mask [B,L] 1 = token;
    kind, source, colors [B] indices; bounds [B,5] = box/16-1 and a flag;
    palette [B,P,3] colours 0-1 to draw with and palette_mask [B,P] 1 = a colour; P >= 1;
    known [B,C,h,w] clean latent of what is drawn already and given [B,1,h,w] 1 = a cell that is known.
    """

    def __init__(self, channels=12, widths=(128, 192), blocks=(2, 1), embedding=256, context=128, sources=len(SOURCES)):
        super().__init__()
        self.config = {"channels": channels, "widths": list(widths), "blocks": list(blocks), "embedding": embedding, "context": context, "sources": sources}
        e, w = embedding, widths
        self.time = nn.Sequential(nn.Linear(64, e), nn.SiLU(), nn.Linear(e, e))
        self.kind, self.source = nn.Embedding(len(KINDS), e), nn.Embedding(sources, e)
        self.colors, self.bounds = nn.Embedding(len(COLOR_BUCKETS) + 1, e), nn.Linear(5, e)
        self.tokens = nn.Sequential(nn.Linear(384, 256), nn.GELU(), nn.Linear(256, context))
        self.pooled = nn.Sequential(nn.Linear(384, e), nn.SiLU(), nn.Linear(e, e))
        self.null = nn.Parameter(torch.zeros(1, 1, context))
        c, skips = w[0], [w[0]]
        self.stem = Conv(channels, c)
        self.down = nn.ModuleList()
        for level, width in enumerate(w):
            if level:
                self.down.append(Conv(c, c, stride=2))
            for _ in range(blocks[level]):
                self.down.append(Block(c, width, e))
                self.down.append(TextBlock(width, context))
                c = width
                skips.append(c)
        self.mid1, self.mid_text, self.mid2 = Block(c, c, e), TextBlock(c, context), Block(c, c, e)
        self.up = nn.ModuleList()
        for level in reversed(range(len(w))):
            for _ in range(blocks[level]):
                self.up.append(Block(c + skips.pop(), w[level], e))
                c = w[level]
                if level < len(w) - 1:
                    self.up.append(TextBlock(c, context))
            if level:
                self.up.append(Conv(c, w[level - 1]))
                c = w[level - 1]
        self.norm, self.out = nn.GroupNorm(8, c + skips[0]), Conv(c + skips[0], channels)
        nn.init.zeros_(self.out.weight)
        # Registered last and starting at nothing: a checkpoint from before them goes on unchanged.
        self.given = Conv(channels + 1, w[0])
        self.palette, self.palette_mean = nn.Sequential(nn.Linear(3, 64), nn.GELU(), nn.Linear(64, context)), nn.Linear(context, e)
        for module in (self.given, self.palette[-1], self.palette_mean):
            nn.init.zeros_(module.weight)
            nn.init.zeros_(module.bias)
        self.register_buffer("frequencies", torch.exp(-math.log(1000.0) * torch.arange(32) / 32) * 500)

    def forward(self, z, t, text, mask, kind, source, colors, bounds, palette, palette_mask, known, given):
        angle = t[:, None] * self.frequencies
        pooled = (text * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1) ** 0.75
        e = self.time(torch.cat([angle.cos(), angle.sin()], -1)) + self.pooled(pooled)
        swatches = self.palette(palette * 2 - 1) * palette_mask[..., None]
        e = e + self.palette_mean(swatches.sum(1) / palette_mask.sum(1, keepdim=True).clamp(min=1))
        e = F.silu(e + self.kind(kind) + self.source(source) + self.colors(colors) + self.bounds(bounds))
        context = torch.cat([self.null.expand(z.shape[0], -1, -1), self.tokens(text), swatches], 1)
        bias = torch.cat([torch.zeros_like(mask[:, :1]), (mask - 1) * 1e4, (palette_mask - 1) * 1e4], 1)
        h = self.stem(z) + self.given(torch.cat([known * given, given], 1))
        skips = [h]
        for module in self.down:
            if isinstance(module, Block):
                h = module(h, e)
            elif isinstance(module, TextBlock):
                h = module(h, context, bias)
                skips.append(h)
            else:
                h = module(h)
        h = self.mid2(self.mid_text(self.mid1(h, e), context, bias), e)
        for module in self.up:
            if isinstance(module, Block):
                h = module(torch.cat([h, skips.pop()], 1), e)
            elif isinstance(module, TextBlock):
                h = module(h, context, bias)
            else:
                h = module(F.interpolate(h, scale_factor=2.0, mode="nearest"))
        return self.out(F.silu(self.norm(torch.cat([h, skips.pop()], 1))))
