"""Small checkpoints: the averaged weights in half precision, the rest in 8 bits, which training does not feel.

Per weight 2 bytes for the average, 1 for what the trained weights differ from it, and 1 for each moment of the
optimizer. First moments and differences are int8 by block; second moments, which span many powers of ten, are
8-bit logarithms. Tensors below 4,096 numbers stay as they are, the components of the pixel coder among them.
"""

import torch

BLOCK = 128
SMALL = 4096
STEPS = 4  # a power of two has so many steps: a second moment is off by 9 % at most
LOWEST = -190  # in steps


def is_large(tensor):
    return isinstance(tensor, torch.Tensor) and tensor.is_floating_point() and tensor.numel() >= SMALL


def to_int8(tensor):
    flat = torch.nn.functional.pad(tensor.detach().float().cpu().contiguous().flatten(), (0, -tensor.numel() % BLOCK)).view(-1, BLOCK)
    scale = flat.abs().amax(1, keepdim=True).clamp(min=1e-30) / 127
    return {"int8": (flat / scale).round().to(torch.int8), "scale": scale.half() if scale.min() > 1e-6 else scale, "shape": tuple(tensor.shape)}


def to_log8(tensor):
    x = tensor.detach().float().cpu().contiguous()
    code = ((x.clamp(min=1e-30).log2() * STEPS).round() - LOWEST).clamp(1, 255)
    return {"log8": torch.where(x > 0, code, 0).to(torch.uint8), "shape": tuple(tensor.shape)}


def restored(packed):
    """The tensor of `to_int8` or `to_log8`; anything else as it is."""
    if not isinstance(packed, dict) or "shape" not in packed:
        return packed
    shape = packed["shape"]
    if "log8" in packed:
        code = packed["log8"].float()
        return torch.where(code > 0, torch.exp2((code + LOWEST) / STEPS), 0.0).view(shape)
    count = torch.Size(shape).numel()
    return (packed["int8"].float() * packed["scale"].float()).flatten()[:count].view(shape)


def pack_weights(net, average):
    """State dictionaries -> the average in half precision and what `net` is off from that."""
    half = {k: v.detach().half().cpu().contiguous() if is_large(v) else v.cpu() for k, v in average.items()}
    off = {k: to_int8(v.cpu().float() - half[k].float()) if is_large(v) else v.cpu() for k, v in net.items()}
    return {"average": half, "difference": off}


def unpack_weights(saved):
    """-> (net, average), state dictionaries; reads older checkpoints, which hold both in full, too."""
    if "net" in saved:
        return saved["net"], saved["average"]
    average = {k: v.float() if is_large(v) else v for k, v in saved["average"].items()}
    net = {k: average[k] + restored(v) if isinstance(v, dict) else v for k, v in saved["difference"].items()}
    return net, average


def pack_optimizer(state):
    """An optimizer's state dictionary with 8-bit moments."""
    form = lambda key, value: value if not is_large(value) else to_log8(value) if key == "exp_avg_sq" else to_int8(value)
    return {**state, "state": {i: {k: form(k, v) for k, v in moments.items()} for i, moments in state["state"].items()}}


def unpack_optimizer(state):
    return {**state, "state": {i: {k: restored(v) for k, v in moments.items()} for i, moments in state["state"].items()}}
