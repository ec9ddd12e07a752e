"""Trains the pixel coder (see pixel_coder.py); resumes from its last checkpoint.

    python train_pixel_coder.py --work WORK [--minutes 60] [--profile cpu|gpu] [--processes 1] [--fresh] [--latents]

The code is fixed when a run begins; only the decoder learns. With --latents the latents of the prepared set are
written at the end; `encode_latents.py` writes them at any time.
"""

import torch
import torch.nn.functional as F

from encode_latents import write_pixel_latents
from loop import Loop, arguments, start
from pixel_coder import PixelCoder, planes_of
from pixel_set import COLORS, PixelSet
from train_autoencoder import wrapped


def noisy(z, amount, random=None):
    """Adds noise as a share of a channel's deviation, which is about 1: one number or [B]."""
    amount = torch.as_tensor(amount, device=z.device).reshape(-1, 1, 1, 1)
    return z + amount * torch.randn(z.shape, generator=random).to(z.device)


def spoiled(z, settings):
    """Codes as a generator might give them, with more or less noise, some without their last channels; and about how much."""
    b, c = z.shape[:2]
    keep = torch.where(torch.rand(b) < settings["truncatedShare"], torch.randint(c // 4, c, (b,)), c)
    held = (torch.arange(c)[None] < keep[:, None]).float().to(z.device)
    noise = settings["latentNoise"] * torch.rand(b)
    told = (noise + 0.2 * (keep < c)) * torch.exp(0.3 * torch.randn(b))
    return noisy(z, noise) * held[..., None, None], told.to(z.device)


def loss_of(planes, scores, x, classes, told):
    """Cross-entropy where a palette is told, and the error of the predicted colors, for drawing without one."""
    opaque = (classes < COLORS).float()
    weight = (0.25 + 0.75 * opaque) * told[..., None]
    entropy = (F.cross_entropy(scores, classes, reduction="none") * weight).sum() / weight.sum().clamp(min=1)
    error = (planes - x).abs()
    color = (error[:, :3].sum(1) * opaque).sum() / (3 * opaque.sum().clamp(min=1))
    return entropy + 0.2 * (color + error[:, 3].mean())


def one_pixel_details(classes):
    """Opaque pixels without a neighbor of their color: eyes, sparks, rivets."""
    e = F.pad(classes.float(), (1, 1, 1, 1), value=COLORS)
    alone = classes < COLORS
    for neighbor in (e[:, :-2, 1:-1], e[:, 2:, 1:-1], e[:, 1:-1, :-2], e[:, 1:-1, 2:]):
        alone &= neighbor != classes
    return alone


@torch.no_grad()
def measure(net, data, noise=0.0):
    """Shares over the 300 held-out pictures: wrong color of opaque pixels, of one-pixel details, wrong alpha."""
    random, counts = torch.Generator().manual_seed(5), torch.zeros(5)
    for part in data.validation.split(100):
        classes, colors, mask = data.get(part)
        scores = net.decode(noisy(net.encode(planes_of(classes, colors)), noise, random), colors, mask, torch.full((len(part),), noise, device=data.device))[1]
        opaque, details = classes < COLORS, one_pixel_details(classes)
        wrong = (scores[:, :COLORS].argmax(1) != classes) & opaque
        alpha = (scores.argmax(1) < COLORS) != opaque
        counts += torch.stack([wrong.sum(), opaque.sum(), (wrong & details).sum(), details.sum(), alpha.sum()]).cpu()
    return counts[0] / counts[1], counts[2] / counts[3], counts[4] / data.classes[data.validation].numel()


def report(net, data):
    """Wrong color and one-pixel details with no noise, then with more and more."""
    shares = [(noise, measure(net, data, noise)) for noise in (0.0, 0.1, 0.2, 0.3)]
    return "  ".join(f"noise {noise}: wrong color {wrong:.4f}, details {details:.4f}, alpha {alpha:.5f}" for noise, (wrong, details, alpha) in shares)


def worker(rank, world, args, config):
    settings = config[args.profile]["pixelCoder"]
    net = PixelCoder(settings["channels"], settings["widths"], settings["features"])
    data = PixelSet(args.work, config["seed"] + 7 * rank, torch.device("cpu"))
    net.begin_with_components(torch.cat([planes_of(*data.batch(100, False, settings)[:2]) for _ in range(40)]))
    loop = Loop(net, settings, args.work / "pixel-coder.pt", rank, world, args, config["seed"], settings["decayShare"])
    data.device = loop.device
    data.random.manual_seed(config["seed"] + 7 * rank + loop.iteration)
    if rank == 0:
        print(f"{sum(p.numel() for p in net.parameters()) / 1e6:.2f} M parameters, {len(data.training)} pictures, from sample {loop.samples}: {report(loop.average, data)}", flush=True)
    for _ in loop:
        dice = torch.rand(2)
        axes = (bool(dice[0] < config["generator"]["wrapShare"]),) * 2
        classes, colors, mask = data.batch(settings["batch"], axes[0], settings)
        told = (torch.rand(len(classes), 1) >= settings["untoldShare"]).float().to(loop.device)
        x = planes_of(classes, colors)
        with wrapped(axes):
            code, noise = spoiled(loop.net.encode(x), settings)
            planes, scores = loop.net.decode(code, colors, mask * told, noise)
        loop.step(loss_of(planes, scores, x, classes, told), len(classes))
        if loop.due(settings["reportSeconds"]):
            loop.report(report(loop.average, data))
            loop.save()
    loop.save()
    if rank == 0:
        loop.report(report(loop.average, data))
        if args.latents:
            write_pixel_latents(args.work, args.work, config, loop.device)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--latents", action="store_true", help="write latents.pt at the end")
    start(worker, parser.parse_args())
