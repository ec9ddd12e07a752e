"""Trains the flow U-Net in the coder's latent; resumes from its last checkpoint.

    python train_generator.py --work WORK [--from GENERATOR.pt] [--minutes 120] [--profile cpu|gpu] [--processes 1] [--fresh]

--from starts from a generator of another latent (see import_generator.py): all but its first and last layers.

x_t = (1-t)*z + t*noise, the net predicts z; squared error weighted by 1/max(t,.15)^2 (the weight of
a velocity loss), t logit-normal (Esser et al. 2024) with a mean towards noise: small t only repaints.
Near pure noise a code channel counts by what it carries of the picture, near the end all count alike: shape first.
"""

from pathlib import Path

import torch

from batches import PreparedSet
from compact import unpack_weights
from known import draw_given
from loop import Loop, arguments, mixed, start, with_rows_of
from net import Generator
from palettes import MOST
from train_autoencoder import wrapped


VALIDATED = 256  # held-out pictures that a report measures


class Latents:
    def __init__(self, work):
        p = torch.load(work / "latents.pt", mmap=True)
        self.z, self.boxes = p["latents"], p["boxes"]
        self.importance = p.get("importance", torch.ones(self.z.shape[2])).clamp(0.25, 4)
        self.importance = self.importance / self.importance.mean()

    @property
    def channels(self):
        return self.z.shape[2]


def draw_time(count, mean, random):
    t = torch.sigmoid(torch.randn(count, generator=random) + mean)
    even = torch.rand(count, generator=random)
    return torch.where(torch.rand(count, generator=random) < 0.1, even, t).clamp(0.02, 1)


def batch(data, latents, config, count, wrap, random):
    """Latents, conditions: hue-turned variants come with the caption and the palette of their own colours."""
    index = data.draw(count, wrap)
    shifts, hues = config["data"]["latentVariants"]["shifts"], config["data"]["latentVariants"]["hues"]
    turned = torch.rand(count, generator=random) < config["generator"]["hueShare"]
    hue = torch.randint(0, hues, (count,), generator=random)
    variant = torch.where(turned, shifts + hue, torch.randint(0, shifts, (count,), generator=random))
    wording = torch.where(turned, 4 + hue, torch.randint(0, 4, (count,), generator=random))
    caption = data.captions[index, wording]
    z = latents.z[index, variant].float().contiguous(memory_format=torch.channels_last).to(data.device)
    conditions = data.conditions(index, latents.boxes[index, variant], caption, torch.where(turned, 1 + hue, 0))
    given = draw_given(count, z.shape[-1], config["generator"]["knownShare"], random).to(data.device)
    return z, (*conditions, z * given, given)


def error_of(net, z, t, noise, conditions, importance=None):
    """Squared error [B] of the predicted clean latent, over the cells that are not given; `importance` [C] at t = 1."""
    time = t[:, None, None, None]
    with mixed(z.device):
        out = net((1 - time) * z + time * noise, t, *conditions)
    drawn = 1 - conditions[-1]
    if importance is not None:
        drawn = drawn * (1 - time + time * importance[:, None, None])
        return ((out.float() - z) ** 2 * drawn).sum((1, 2, 3)) / drawn.sum((1, 2, 3)).clamp(min=1)
    return ((out.float() - z) ** 2 * drawn).sum((1, 2, 3)) / (z.shape[1] * drawn.sum((1, 2, 3)).clamp(min=1))


@torch.no_grad()
def validate(net, data, latents):
    """Squared error by quarter of t; at t=1 with its own, no, and another picture's prompt; with its palette; with half of it given."""
    random = torch.Generator().manual_seed(5)
    index = data.validation[:VALIDATED]
    z = latents.z[index, 0].float().to(data.device)
    noise = torch.randn(z.shape, generator=random).to(data.device)
    t = torch.linspace(0.05, 1, len(index)).to(data.device)
    none_given = torch.zeros_like(z[:, :1])
    conditions = (*data.conditions(index, latents.boxes[index, 0], data.captions[index, 1], 0, dropout=False), none_given * z, none_given)
    quarters = [q.mean().item() for q in error_of(net, z, t, noise, conditions).chunk(4)]
    one = torch.ones_like(t)
    text, mask, *fields = conditions
    plain = conditions[:-4]
    own = error_of(net, z, one, noise, conditions).mean().item()
    none = error_of(net, z, one, noise, (text * 0, mask * 0, *fields)).mean().item()
    colors, counts = (table[index, 0] for table in data.palettes)
    palette = colors.float().to(data.device) / 255
    palette_mask = (torch.arange(MOST)[None] < counts[:, None]).float().to(data.device)
    colored = error_of(net, z, one, noise, (*plain, palette, palette_mask, none_given * z, none_given)).mean().item()
    half = none_given.clone()
    half[..., : z.shape[-1] // 2] = 1
    continued = error_of(net, z, one, noise, (*conditions[:-2], z * half, half)).mean().item()
    other = error_of(net, z, one, noise, (text.roll(1, 0), mask.roll(1, 0), *fields)).mean().item()
    return f"val {sum(quarters) / 4:.4f} {[round(q, 3) for q in quarters]}  text own/none/other {own:.3f}/{none:.3f}/{other:.3f}  palette {colored:.3f}  half given {continued:.3f}"


REPLACED = ("stem.", "out.", "given.")  # the layers that see the latent


def warm_start(net, path):
    """Takes over all weights but those of the layers that see the latent; new sources begin as the last known one."""
    saved, current = unpack_weights(torch.load(path, map_location="cpu"))[1], net.state_dict()
    kept = {key: with_rows_of(value, current[key]) for key, value in saved.items() if not key.startswith(REPLACED)}
    net.load_state_dict({**current, **kept})


def worker(rank, world, args, config):
    settings, latents = config[args.profile]["generator"], Latents(args.work)
    net = Generator(latents.channels, settings["widths"], settings["blocks"], settings["embedding"], settings["context"])
    if args.begin:
        warm_start(net, args.begin)
    loop = Loop(net, settings, args.work / "generator.pt", rank, world, args, config["seed"], settings["decayShare"])
    if rank == 0:
        print(f"{sum(p.numel() for p in net.parameters()) / 1e6:.2f} M parameters, from sample {loop.samples}", flush=True)
    data = PreparedSet(args.work, config, config["seed"] + 7 * rank + loop.iteration, loop.device)
    random, importance = torch.Generator().manual_seed(config["seed"] + 13 * rank + loop.iteration), latents.importance.to(loop.device)
    for _ in loop:
        dice = torch.rand(2, generator=random)
        wrap = bool(dice[0] < config["generator"]["wrapShare"])
        axes = (True, True) if dice[1] < 0.7 else (True, False) if dice[1] < 0.85 else (False, True)
        z, conditions = batch(data, latents, config, settings["batch"], wrap, random)
        t = draw_time(len(z), config["generator"]["timeMean"], random).to(loop.device)
        noise = torch.randn(z.shape, generator=random).to(loop.device)
        with wrapped(axes if wrap else (False, False)):
            error = error_of(loop.net, z, t, noise, conditions, importance)
        loop.step((error / t.clamp(min=0.15) ** 2).mean(), len(z))
        if loop.due(settings["reportSeconds"]):
            loop.report(validate(loop.average, data, latents))
            loop.save()
    loop.save()
    if rank == 0:
        loop.report(validate(loop.average, data, latents))


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--from", dest="begin", type=Path, help="a generator to begin with where WORK has no checkpoint yet")
    start(worker, parser.parse_args())
