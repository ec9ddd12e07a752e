"""Trains the autoencoder, then writes the latents of the prepared set (flips, shifts, hue turns).

    python train_autoencoder.py --work WORK [--minutes 12] [--profile cpu|gpu] [--fresh]

`encode_latents.py` writes the latents of another prepared set with a coder that is trained already.
"""

import contextlib

import torch
import torch.nn.functional as F

from batches import PreparedSet
from loop import HERE, Loop, arguments, mixed, start
from net import Autoencoder, Wrap, to_planes, to_rgba8


def reconstruct(net, planes, noise, device):
    with mixed(device):
        z = net.encode(planes).float()
        return z, net.decode(z + noise * torch.randn_like(z)).float()


def loss_of(out, planes):
    """L1 on colour where drawn, twice at edges, and cross-entropy on alpha."""
    alpha = (planes[:, 3:] > 0).float()
    weight = alpha + 0.03
    step = (planes - planes.roll(1, 2)).abs().sum(1, keepdim=True) + (planes - planes.roll(1, 3)).abs().sum(1, keepdim=True)
    color = ((out[:, :3] - planes[:, :3]).abs() * weight * (1 + (step > 0.5).float())).sum() / (weight.sum() * 3)
    return color + 2 * F.binary_cross_entropy_with_logits(out[:, 3:] * 3, alpha)


@contextlib.contextmanager
def wrapped(axes):
    Wrap.axes = axes
    try:
        yield
    finally:
        Wrap.axes = (False, False)


@torch.no_grad()
def validate(net, data, device):
    images = data.images[data.validation]
    out = torch.cat([reconstruct(net, to_planes(i.to(device)), 0.0, device)[1].cpu() for i in images.split(128)])
    drawn = images[..., 3] > 0
    wrong = ((out[:, 3] > 0) != drawn).float().mean().item()
    error = (to_rgba8(out).float() - images.float())[..., :3].abs()[drawn].mean().item()
    return f"alpha wrong {wrong:.5f}  rgb error {error:.2f}/255"


@torch.no_grad()
def write_latents(net, data, config, path, device, scale=None):
    """[N, variants, C, 8, 8] in unit variance, with the box of each variant. `scale`: (mean, deviation) to keep.

    A net that tells how much each channel counts (`importance`) is encoded in full precision.
    """
    exact = hasattr(net, "importance")
    variants = config["data"]["latentVariants"]
    net = net.float().eval()
    n, plans = len(data.images), []
    for shift in range(variants["shifts"]):
        plans.append((data.images, shift))
    for hue in range(variants["hues"]):
        plans.append((data.hues[:, hue], shift + 1 + hue))
    latents, boxes = [], []
    seamless = data.fields[:, 3] == 1
    for images, _ in plans:
        z_plan, box_plan = [], []
        for index in torch.arange(n).split(128):
            moved, box = data.moved(images[index], index)
            z = torch.empty(len(index), net.config["channels"], 8, 8)
            for wrap in (False, True):
                chosen = seamless[index] == wrap
                if chosen.any():
                    with wrapped((wrap, wrap)), mixed(device, not exact):
                        z[chosen] = net.encode(to_planes(moved[chosen].to(device))).float().cpu()
            z_plan.append(z)
            box_plan.append(box)
        latents.append(torch.cat(z_plan))
        boxes.append(torch.cat(box_plan))
    z = torch.stack(latents, 1)
    mean, deviation = scale or (z.mean((0, 1, 3, 4)), z.std((0, 1, 3, 4)))
    z = ((z - mean[:, None, None]) / deviation[:, None, None]).half()
    importance = net.importance(deviation) if exact else torch.ones_like(deviation)
    torch.save({"latents": z, "boxes": torch.stack(boxes, 1), "mean": mean, "deviation": deviation, "importance": importance}, path)
    print("latents", tuple(z.shape), "deviation", [round(d, 2) for d in deviation.tolist()], flush=True)


def worker(rank, world, args, config):
    settings = config[args.profile]["autoencoder"]
    net = Autoencoder(settings["channels"], settings["widths"])
    loop = Loop(net, settings, args.work / "autoencoder.pt", rank, world, args, config["seed"], 0.5)
    data = PreparedSet(args.work, config, config["seed"] + 7 * rank + loop.iteration, loop.device)
    for _ in loop:
        dice = torch.rand(3)
        wrap = dice[0] < config["generator"]["wrapShare"]
        index = data.draw(settings["batch"], bool(wrap))
        turned = dice[1] < config["generator"]["hueShare"]
        images = data.hues[index, int(dice[2] * data.hues.shape[1])] if turned else data.images[index]
        planes = to_planes(data.moved(images, index)[0].to(loop.device))
        with wrapped((bool(wrap), bool(wrap))):
            z, out = reconstruct(loop.net, planes, settings["latentNoise"], loop.device)
        loop.step(loss_of(out, planes) + 2e-3 * (z**2).mean(), settings["batch"])
        if loop.due(60):
            loop.report(validate(loop.average, data, loop.device))
            loop.save()
    loop.save()
    if rank == 0:
        loop.report(validate(loop.average, data, loop.device))
        write_latents(loop.average, data, config, args.work / "latents.pt", loop.device)


if __name__ == "__main__":
    start(worker, arguments(__doc__).parse_args())
