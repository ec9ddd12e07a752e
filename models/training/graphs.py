"""Networks -> ONNX graphs: small stored weights, checks against PyTorch.

Weights are stored as int8 rows or float16 with Cast + Mul in front: the runtime folds them at load, so the file is
small and the speed that of float32.
"""

import numpy as np
import onnxruntime
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.onnx._internal.torchscript_exporter.onnx_proto_utils as onnx_proto_utils

from net import FROM_OPPONENT, OFFSET, SCALE, TO_OPPONENT, Conv, Wrap
from text_encoder import quantize_rows

onnx_proto_utils._add_onnxscript_fn = lambda model, functions: model  # the onnx package is not needed for plain graphs


def stored_small(net, form):
    """Replaces big weights by int8 rows or float16 that the graph itself expands."""
    for module in net.modules():
        if not isinstance(module, (nn.Conv2d, nn.Linear)) or module.weight.numel() < 1024:
            continue
        weight = module.weight.data
        del module._parameters["weight"]
        if form == "int8":
            q, scale = quantize_rows(weight)
        else:
            q, scale = weight.half(), None
        module.register_buffer("stored", q)
        module.register_buffer("stored_scale", scale)
        module.forward = _expanding(module)
    return net


def _expanding(module):
    def weight():
        w = module.stored.float()
        return w if module.stored_scale is None else w * module.stored_scale

    if isinstance(module, nn.Linear):
        return lambda x: F.linear(x, weight(), module.bias)
    if isinstance(module, Conv):
        return lambda x: F.conv2d(_wrapped(x), weight(), module.bias, module.stride)
    return lambda x: F.conv2d(x, weight(), module.bias)


def _wrapped(x):
    wx, wy = Wrap.tensor[:, 0].view(-1, 1, 1, 1), Wrap.tensor[:, 1].view(-1, 1, 1, 1)
    x = torch.cat([x[..., -1:] * wx, x, x[..., :1] * wx], 3)
    return torch.cat([x[..., -1:, :] * wy, x, x[..., :1, :] * wy], 2)


class GeneratorGraph(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, z, t, text, mask, kind, source, colors, bounds, palette, palette_mask, known, given, wrap):
        Wrap.tensor = wrap
        return self.net(z, t, text, mask, kind, source, colors, bounds, palette, palette_mask, known, given)


class EncoderGraph(nn.Module):
    """rgba [B,4,H,W] 0-1 -> normalised latent."""

    def __init__(self, net, mean, deviation):
        super().__init__()
        self.net, self.mean, self.deviation = net, mean[:, None, None], deviation[:, None, None]

    def forward(self, rgba, wrap):
        Wrap.tensor = wrap
        color = (torch.einsum("ij,bjhw->bihw", TO_OPPONENT, rgba[:, :3]) - OFFSET.view(3, 1, 1)) * SCALE.view(3, 1, 1) * rgba[:, 3:]
        z = self.net.encode(torch.cat([color, rgba[:, 3:] * 2 - 1], 1))
        return (z - self.mean) / self.deviation


class DecoderGraph(nn.Module):
    """normalised latent -> rgba [B,4,H,W] 0-1, alpha as a probability."""

    def __init__(self, net, mean, deviation):
        super().__init__()
        self.net, self.mean, self.deviation = net, mean[:, None, None], deviation[:, None, None]

    def forward(self, z, wrap):
        Wrap.tensor = wrap
        return as_rgba(self.net.decode(z * self.deviation + self.mean))


def as_rgba(planes):
    """Opponent planes [B,4,H,W] -> rgba 0-1, alpha as a probability."""
    color = torch.einsum("ij,bjhw->bihw", FROM_OPPONENT, planes[:, :3] / SCALE.view(3, 1, 1) + OFFSET.view(3, 1, 1)).clamp(0, 1)
    return torch.cat([color, torch.sigmoid(3 * planes[:, 3:])], 1)


def write_graph(module, inputs, path, names, outputs, axes):
    with torch.no_grad():
        torch.onnx.export(
            module.eval(), inputs, str(path), dynamo=False, input_names=names, output_names=outputs,
            dynamic_axes=axes, opset_version=17, do_constant_folding=False,
        )
        expected = module(*inputs)
    expected = expected if isinstance(expected, tuple) else (expected,)
    session = onnxruntime.InferenceSession(str(path))
    got = session.run(None, {n: v.numpy() for n, v in zip(names, inputs)})
    error = max(float(np.abs(g - e.numpy()).max() / (np.abs(e.numpy()).max() + 1e-9)) for g, e in zip(got, expected))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, against PyTorch {error:.1e}", flush=True)
    assert error < 1e-2, path
