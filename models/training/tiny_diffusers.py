"""Makes the tiny diffusion folders of tests/fixtures/diffusers, and what diffusers draws with them.

    pip install torch==2.15.0 diffusers==0.42.1 transformers==5.24.0 onnx==1.23.2 onnxscript==0.7.2
    python models/training/tiny_diffusers.py tests/fixtures/diffusers

Three folders with random weights, in the layout that exporters write: a Stable Diffusion 1 (float32, external data), an SDXL
(two text encoders, no picture encoder) and a latent consistency model (float16). Their autoencoder is fitted for a few
seconds, so that a picture survives it. reference/ has the tokens, embeddings and latents of the diffusers pipelines; noise.bin
is all the noise that they took.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from diffusers import (
    AutoencoderKL,
    EulerDiscreteScheduler,
    LCMScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.pipelines.stable_diffusion import pipeline_stable_diffusion_img2img, pipeline_stable_diffusion_inpaint
from diffusers.schedulers import scheduling_lcm
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

OPSET = 17
WIDTH, HEIGHT, FACTOR = 192, 128, 8
SHAPE = (1, 4, HEIGHT // FACTOR, WIDTH // FACTOR)
START_MARK, END_MARK = "<|startoftext|>", "<|endoftext|>"
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000}
PROMPTS = [
    "a red potion",
    "  Pixel-art   of a KNIGHT's sword, 32x32!! ",
    "café naïve 火 🗡️ don't we'll",
    "word " * 100,
    "",
]


def write_tokenizer(folder: Path, pad: str) -> CLIPTokenizer:
    """Writes a vocabulary of all bytes and a few merges, in CLIP's order."""
    folder.mkdir(parents=True)
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    names = [chr(b) for b in visible] + [chr(256 + i) for i in range(256 - len(visible))]
    merges = [("a", "r"), ("r", "e"), ("re", "d</w>"), ("p", "o"), ("po", "t"), ("i", "o"), ("io", "n</w>"), ("s", "w")]
    merges += [("o", "r"), ("or", "d</w>"), ("pot", "ion</w>"), ("sw", "ord</w>"), ("w", "ord</w>"), ("o", "f</w>")]
    words = [*names, *(name + "</w>" for name in names), *("".join(pair) for pair in merges), START_MARK, END_MARK]
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(" ".join(pair) for pair in merges) + "\n")
    config = {"bos_token": START_MARK, "eos_token": END_MARK, "unk_token": END_MARK, "pad_token": pad}
    config |= {"model_max_length": 77, "tokenizer_class": "CLIPTokenizer"}
    write_json(folder / "tokenizer_config.json", config)
    return CLIPTokenizer.from_pretrained(folder)


def write_json(path: Path, value) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def text_config(width: int, words: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=words, hidden_size=width, intermediate_size=2 * width, num_hidden_layers=2, num_attention_heads=2,
        projection_dim=width, max_position_embeddings=77, bos_token_id=words - 2, eos_token_id=words - 1,
    )


def make_unet(**other) -> UNet2DConditionModel:
    """Makes a U-Net whose answer is about as large as noise, and which heeds the text."""
    unet = UNet2DConditionModel(
        sample_size=32, in_channels=4, out_channels=4, block_out_channels=(8, 16), layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        norm_num_groups=4, attention_head_dim=4, **other,
    ).eval()
    with torch.no_grad():
        for name, weight in unet.named_parameters():
            if "attn2.to_v" in name or "attn2.to_out.0.weight" in name:
                weight *= 6
        unet.conv_out.weight *= 4
    return unet


def make_autoencoder() -> AutoencoderKL:
    """Makes an autoencoder that is fitted to pictures of square cells, and encodes without noise of its own."""
    blocks = 4
    vae = AutoencoderKL(
        block_out_channels=(8,) * blocks, layers_per_block=1, latent_channels=4, norm_num_groups=4, sample_size=256,
        down_block_types=("DownEncoderBlock2D",) * blocks, up_block_types=("UpDecoderBlock2D",) * blocks,
    )
    optimizer = torch.optim.Adam(vae.parameters(), lr=3e-3)
    for _ in range(700):
        # Cells, and what no latent can hold: it should come back as its mean.
        cells = torch.nn.functional.interpolate(torch.rand(3, 3, 2, 2) * 2 - 1, scale_factor=16, mode="nearest")
        picture = torch.cat([cells, torch.rand(1, 3, 32, 32) * 2 - 1])
        loss = (vae.decode(vae.encode(picture).latent_dist.mean).sample - picture).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        vae.quant_conv.weight[4:] = 0
        vae.quant_conv.bias[4:] = -30
    print("autoencoder: loss", float(loss))
    return vae.eval()


class Encoder(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, sample):
        return self.vae.quant_conv(self.vae.encoder(sample))


class Decoder(Encoder):
    def forward(self, latent_sample):
        return self.vae.decode(latent_sample, return_dict=False)[0]


class Text(torch.nn.Module):
    """All outputs of a text encoder, by the names that exporters give them."""

    def __init__(self, model, hidden: bool):
        super().__init__()
        self.model, self.hidden = model, hidden

    def forward(self, input_ids):
        out = self.model(input_ids.long(), output_hidden_states=self.hidden)
        first = out.text_embeds if hasattr(out, "text_embeds") else out.pooler_output
        states = [*out.hidden_states] if self.hidden else []
        return (out.last_hidden_state, first, *states)


class Denoiser(torch.nn.Module):
    def __init__(self, unet, names):
        super().__init__()
        self.unet, self.names = unet, names

    def forward(self, sample, timestep, encoder_hidden_states, *others):
        given = dict(zip(self.names, others))
        added = {name: given[name] for name in ("text_embeds", "time_ids") if name in given} or None
        return self.unet(
            sample, timestep, encoder_hidden_states, added_cond_kwargs=added, timestep_cond=given.get("timestep_cond"),
            return_dict=False,
        )[0]


def export(model, args, folder: Path, names, *, external=False) -> None:
    """Writes model.onnx with free batches and edges."""
    inputs, outputs = names
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    free = {name: {0: "batch"} for name in [*inputs, *outputs]}
    free |= {name: {0: "batch", 2: "height", 3: "width"} for name in ("sample", "latent_sample") if name in free}
    free |= {name: {0: "batch", 1: "sequence"} for name in ("input_ids", "encoder_hidden_states") if name in free}
    free.pop("timestep", None)
    torch.onnx.export(
        model.eval(), args, str(path), input_names=inputs, output_names=outputs, dynamic_axes=free, opset_version=OPSET,
        dynamo=False,
    )
    graph = onnx.load(str(path))
    shorten_names(graph.graph, {*inputs, *outputs})
    onnx.save(
        graph, str(path), save_as_external_data=external, all_tensors_to_one_file=True, location="model.onnx_data",
        size_threshold=256,
    )


def shorten_names(graph, kept) -> None:
    """Gives all values but those of `kept` short names: they are half of a file so small."""
    short = {"": ""} | {name: name for name in kept}

    def name_of(name: str) -> str:
        return short.setdefault(name, f"v{len(short)}")

    for node in graph.node:
        node.ClearField("doc_string")
        node.ClearField("name")
        for names in (node.input, node.output):
            names[:] = [name_of(name) for name in names]
    for weight in graph.initializer:
        weight.name = name_of(weight.name)
    del graph.value_info[:]


def export_text(model, folder: Path, integer, hidden: bool) -> None:
    kind = "text_embeds" if isinstance(model, CLIPTextModelWithProjection) else "pooler_output"
    states = [f"hidden_states.{i}" for i in range(model.config.num_hidden_layers + 1)] if hidden else []
    ids = torch.ones(2, 77, dtype=integer)
    export(Text(model, hidden), (ids,), folder, (["input_ids"], ["last_hidden_state", kind, *states]))
    write_json(folder / "config.json", model.config.to_dict())


def export_unet(unet, folder: Path, others, *, external=False) -> None:
    dtype, width = unet.dtype, unet.config.cross_attention_dim
    step = torch.tensor([1], dtype=torch.int64 if dtype == torch.float32 else dtype)
    args = (torch.randn(2, 4, 16, 24, dtype=dtype), step, torch.randn(2, 77, width, dtype=dtype))
    given = tuple(torch.randn(2, size, dtype=dtype) for size in others.values())
    names = ["sample", "timestep", "encoder_hidden_states", *others]
    export(Denoiser(unet, list(others)), args + given, folder, (names, ["out_sample"]), external=external)
    write_json(folder / "config.json", dict(unet.config))


def export_autoencoder(vae, folder: Path, encoder=True) -> None:
    picture, latent = torch.randn(1, 3, 64, 64, dtype=vae.dtype), torch.randn(1, 4, 8, 8, dtype=vae.dtype)
    export(Decoder(vae), (latent,), folder / "vae_decoder", (["latent_sample"], ["sample"]))
    write_json(folder / "vae_decoder/config.json", dict(vae.config))
    if encoder:
        export(Encoder(vae), (picture,), folder / "vae_encoder", (["sample"], ["latent_parameters"]))
        write_json(folder / "vae_encoder/config.json", dict(vae.config))


def write_index(folder: Path, name: str, parts, **other) -> None:
    index = {"_class_name": name, "_diffusers_version": "0.42.1"}
    write_json(folder / "model_index.json", index | {part: ["diffusers", "OnnxRuntimeModel"] for part in parts} | other)


def start_picture() -> torch.Tensor:
    """The picture that tests/generators/diffusers makes too; values 0 to 1, [1, 3, HEIGHT, WIDTH]."""
    y, x = torch.meshgrid(torch.arange(HEIGHT), torch.arange(WIDTH), indexing="ij")
    return torch.stack([x * 255 // WIDTH, y * 255 // HEIGHT, (x // 16 + y // 16) % 2 * 200]).float()[None] / 255


class Noise:
    """Hands out the fields of noise.bin in order, in place of random numbers."""

    def __init__(self, fields):
        self.fields, self.next = fields, 0

    def __call__(self, shape, **options):
        self.next += 1
        return self.fields[self.next - 1].to(options.get("dtype") or torch.float32)


class Reference:
    """Draws cases with the pipelines of diffusers and keeps what they give."""

    def __init__(self, folder: Path, fields):
        self.folder, self.fields, self.cases = folder, fields, []
        folder.mkdir(parents=True)
        np.stack([field.numpy() for field in fields]).astype("<f4").tofile(folder / "noise.bin")

    def keep(self, name: str, latents) -> None:
        latents.float().numpy().astype("<f4").tofile(self.folder / f"{name}.bin")

    def draw(self, name: str, model: str, pipeline, **asked) -> None:
        noise = Noise(self.fields)
        for module in (scheduling_lcm, pipeline_stable_diffusion_img2img, pipeline_stable_diffusion_inpaint):
            module.randn_tensor = noise
        call = {"prompt": asked["prompt"], "num_inference_steps": asked["steps"], "guidance_scale": asked["guidance"]}
        call |= {"negative_prompt": asked["negative"] or None, "output_type": "latent"}
        if asked.get("strength") is None:
            call |= {"width": WIDTH, "height": HEIGHT, "latents": noise(SHAPE, dtype=pipeline.unet.dtype)}
        else:
            call |= {"image": start_picture(), "strength": asked["strength"]}
        if asked.get("mask"):
            mask = torch.zeros(1, 1, HEIGHT, WIDTH)
            left, top, right, bottom = asked["mask"]
            mask[:, :, top:bottom, left:right] = 1
            call |= {"mask_image": mask, "width": WIDTH, "height": HEIGHT}
        self.keep(name, pipeline(**call).images)
        self.cases.append({"name": name, "model": model, "scheduler": dict(pipeline.scheduler.config), **asked})


@torch.no_grad()
def draw_rolled(pipeline, noise, asked, shifts):
    """Euler on latents that are rolled before each prediction and rolled back after it."""
    scheduler, (wanted, _) = pipeline.scheduler, pipeline.encode_prompt(asked["prompt"], "cpu", 1, False)
    scheduler.set_timesteps(asked["steps"])
    latents = noise * scheduler.init_noise_sigma
    for t, (x, y) in zip(scheduler.timesteps, shifts):
        rolled = torch.roll(scheduler.scale_model_input(latents, t), (y, x), (2, 3))
        predicted = pipeline.unet(rolled, t, wanted, return_dict=False)[0]
        latents = scheduler.step(torch.roll(predicted, (-y, -x), (2, 3)), t, latents).prev_sample
    return latents


def main(out: Path) -> None:
    torch.manual_seed(7)
    torch.set_num_threads(1)
    vae = make_autoencoder()
    fields = [torch.randn(SHAPE) for _ in range(6)]
    reference = Reference(out / "reference", fields)
    sd, tokens = make_sd(out / "tiny-sd", vae)
    xl = make_sdxl(out / "tiny-sdxl", vae)
    lcm = make_lcm(out / "tiny-lcm", vae)

    plain = {"prompt": "a red potion", "negative": "", "guidance": 1, "steps": 4}
    guided = plain | {"negative": "sword", "guidance": 5}

    def with_scheduler(pipeline, scheduler, kind=StableDiffusionPipeline):
        parts = {name: part for name, part in pipeline.components.items() if name != "image_encoder"}
        made = kind(**(parts | {"scheduler": scheduler}), **({} if kind is StableDiffusionXLPipeline else {"requires_safety_checker": False}))
        made.set_progress_bar_config(disable=True)
        return made

    def euler(**other):
        return EulerDiscreteScheduler(**(BETAS | {"timestep_spacing": "leading", "steps_offset": 1} | other))

    trailing = {"timestep_spacing": "trailing"}
    reference.draw("euler-leading", "tiny-sd", with_scheduler(sd, euler()), **guided)
    reference.draw("euler-trailing", "tiny-sd", with_scheduler(sd, euler(**trailing)), **(plain | {"steps": 3}))
    velocity = euler(prediction_type="v_prediction", **trailing)
    reference.draw("euler-velocity", "tiny-sd", with_scheduler(sd, velocity), **guided)
    reference.draw("lcm", "tiny-sd", with_scheduler(sd, LCMScheduler(**BETAS)), **plain)
    from_picture = with_scheduler(sd, euler(), StableDiffusionImg2ImgPipeline)
    reference.draw("start", "tiny-sd", from_picture, **guided, strength=0.5)
    lcm_from_picture = with_scheduler(sd, LCMScheduler(**BETAS), StableDiffusionImg2ImgPipeline)
    reference.draw("lcm-start", "tiny-sd", lcm_from_picture, **plain, strength=0.5)
    box = [40, 24, 120, 88]
    kept = with_scheduler(sd, euler(), StableDiffusionInpaintPipeline)
    reference.draw("mask", "tiny-sd", kept, **guided, strength=1, mask=box)
    reference.draw("xl", "tiny-sdxl", with_scheduler(xl, euler(**trailing), StableDiffusionXLPipeline), **(guided | {"negative": ""}))
    reference.draw("xl-negative", "tiny-sdxl", with_scheduler(xl, euler(), StableDiffusionXLPipeline), **guided)
    reference.draw("lcm-half", "tiny-lcm", with_scheduler(lcm, LCMScheduler(**BETAS)), **(plain | {"guidance": 4}))
    shifts = [[9, 5], [3, 14], [20, 8], [1, 1]]
    rolled = with_scheduler(sd, euler())
    reference.keep("rolled", draw_rolled(rolled, fields[0], plain, shifts))
    with torch.no_grad():
        reference.keep("encoded", vae.encode(start_picture() * 2 - 1).latent_dist.mean * vae.config.scaling_factor)
        reference.keep("decoded", vae.decode(fields[0][..., :8, :8] / vae.config.scaling_factor, return_dict=False)[0])
    write_json(out / "reference/cases.json", {
        "cases": reference.cases, "rolled": plain | {"scheduler": dict(rolled.scheduler.config), "shifts": shifts},
        "tokens": [{"text": text, "ids": tokens(text, padding="max_length", truncation=True).input_ids} for text in PROMPTS],
    })


def make_sd(folder: Path, vae):
    tokenizer = write_tokenizer(folder / "tokenizer", END_MARK)
    text = CLIPTextModel(text_config(16, len(tokenizer))).eval()
    unet = make_unet(cross_attention_dim=16)
    # The scheduler that Stable Diffusion 1.5 comes with.
    scheduler = {"_class_name": "PNDMScheduler", "skip_prk_steps": True, "steps_offset": 1, **BETAS}
    write_json(folder / "scheduler/scheduler_config.json", scheduler)
    export_text(text, folder / "text_encoder", torch.int32, hidden=False)
    export_unet(unet, folder / "unet", {}, external=True)
    export_autoencoder(vae, folder)
    parts = ["tokenizer", "text_encoder", "unet", "vae_decoder", "vae_encoder", "scheduler"]
    write_index(folder, "StableDiffusionPipeline", parts)
    none = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    pipeline = StableDiffusionPipeline(vae, text, tokenizer, unet, EulerDiscreteScheduler(**BETAS), **none)
    return pipeline, tokenizer


def make_sdxl(folder: Path, vae):
    tokenizer = write_tokenizer(folder / "tokenizer", END_MARK)
    tokenizer_2 = write_tokenizer(folder / "tokenizer_2", "!")
    text = CLIPTextModel(text_config(16, len(tokenizer))).eval()
    text_2 = CLIPTextModelWithProjection(text_config(24, len(tokenizer))).eval()
    unet = make_unet(
        cross_attention_dim=40, addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 24,
    )
    write_json(folder / "scheduler/scheduler_config.json", {
        "_class_name": "EulerDiscreteScheduler", "timestep_spacing": "trailing", "prediction_type": "epsilon", **BETAS,
    })
    export_text(text, folder / "text_encoder", torch.int64, hidden=True)
    export_text(text_2, folder / "text_encoder_2", torch.int64, hidden=True)
    export_unet(unet, folder / "unet", {"text_embeds": 24, "time_ids": 6})
    export_autoencoder(vae, folder, encoder=False)
    parts = ["tokenizer", "tokenizer_2", "text_encoder", "text_encoder_2", "unet", "vae_decoder", "scheduler"]
    write_index(folder, "StableDiffusionXLPipeline", parts, force_zeros_for_empty_prompt=True)
    return StableDiffusionXLPipeline(
        vae, text, text_2, tokenizer, tokenizer_2, unet, EulerDiscreteScheduler(**BETAS), add_watermarker=False,
    )


def make_lcm(folder: Path, vae):
    tokenizer = write_tokenizer(folder / "tokenizer", END_MARK)
    text = CLIPTextModel(text_config(16, len(tokenizer))).eval()
    unet = make_unet(cross_attention_dim=16, time_cond_proj_dim=32).half()
    half = AutoencoderKL.from_config(vae.config)
    half.load_state_dict(vae.state_dict())
    half = half.eval().half()
    write_json(folder / "scheduler/scheduler_config.json", {"_class_name": "LCMScheduler", **BETAS})
    # The exporter mixes types in the layer norms of a text network in 16 bits.
    export_text(text, folder / "text_encoder", torch.int64, hidden=False)
    export_unet(unet, folder / "unet", {"timestep_cond": 32})
    export_autoencoder(half, folder)
    parts = ["tokenizer", "text_encoder", "unet", "vae_decoder", "vae_encoder", "scheduler"]
    write_index(folder, "LatentConsistencyModelPipeline", parts)
    none = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    # The reference computes in 32 bits with the rounded weights: what remains is the error of the runtime.
    return StableDiffusionPipeline(half.float(), text, tokenizer, unet.float(), EulerDiscreteScheduler(**BETAS), **none)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
