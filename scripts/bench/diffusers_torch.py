"""Steps per second of a denoiser in PyTorch: random weights in the shape and precision of an ONNX folder.

    python scripts/bench/diffusers_torch.py FOLDER EDGE PROVIDER      (torch 2.15.0, diffusers 0.42.1)

Prints one line of JSON. PROVIDER cuda runs on the card, any other on the processor.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel

WARM_RUNS, RUNS = 3, 10


def main(folder: Path, edge: int, device: str) -> None:
    config = json.loads((folder / "unet/config.json").read_text())
    unet = UNet2DConditionModel.from_config(config).eval()
    weights = sum(weight.numel() for weight in unet.parameters())
    size = sum(file.stat().st_size for file in (folder / "unet").iterdir() if file.suffix != ".json")
    dtype = torch.float16 if size / weights < 3 and device == "cuda" else torch.float32
    unet = unet.to(device, dtype)
    cells = edge // 8

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, device=device, dtype=dtype)

    added = None
    if config.get("addition_embed_type") == "text_time":
        pooled = config["projection_class_embeddings_input_dim"] - 6 * config["addition_time_embed_dim"]
        added = {"text_embeds": random(1, pooled), "time_ids": random(1, 6)}
    guidance = random(1, config["time_cond_proj_dim"]) if config.get("time_cond_proj_dim") else None
    text, latent = random(1, 77, config["cross_attention_dim"]), random(1, 4, cells, cells)
    times = []
    with torch.inference_mode():
        for _ in range(WARM_RUNS + RUNS):
            start = time.perf_counter()
            unet(latent, 500, text, timestep_cond=guidance, added_cond_kwargs=added, return_dict=False)[0].cpu()
            times.append(time.perf_counter() - start)
    name = torch.cuda.get_device_name() if device == "cuda" else "the processor"
    print(json.dumps({"steps_per_second": 1 / statistics.median(times[WARM_RUNS:]), "device": name}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), "cuda" if sys.argv[3] == "cuda" else "cpu")
