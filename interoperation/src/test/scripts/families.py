"""Random checkpoints of every family that Assay scores, and what transformers says their losses are.

usage: families.py OUT [--size tiny|small] [--only NAME ...] [--switches]

Writes OUT/NAME/config.json, OUT/NAME/model.safetensors and OUT/NAME.json:
{"torch", "transformers", "sequence_length", "samples": [{"ids", "prompt_len", "losses", "f32_mean", "bf16_mean"}]}
where losses are -log p of every token but the first, from a float64 run, and the means are over the tokens that count.
--switches adds a checkpoint for every switch of a family that the others leave as it is.
Each sample is padded on the right to the sequence length, because rotary scalings that depend on a sequence's length
must use that one, and gets a fresh copy of its model: transformers' dynamic scalings remember the longest so far.
"""

import argparse
import copy
import json
import pathlib

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

from family_configurations import SIZES, families
from family_switches import SHARDED, VERSION_4, VERSION_5_ONLY, switches


# The other ways to multiply with experts do not know float64.
EAGER = {"attn_implementation": "eager", "experts_implementation": "eager"}


def randomise(model):
    """Weights large enough that every part of a layer shows in the losses."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() > 1 and "norm" not in name:
                weight.normal_(0, 1.0 / weight.shape[-1] ** 0.5)
            else:
                around = 0.0 if name.endswith("bias") or "gemma" in model.config.model_type else 1.0
                weight.normal_(around, 0.2)


def samples(vocabulary, longest):
    generator = torch.Generator().manual_seed(5)
    for length, prompt in ((longest, longest // 3), (longest // 3, 2)):
        ids = torch.randint(0, vocabulary, (length,), generator=generator)
        yield ids, prompt


def losses(model, ids, dtype, longest):
    model = copy.deepcopy(model).to(dtype).eval()
    filled = torch.nn.functional.pad(ids, (0, longest - len(ids)))
    with torch.no_grad():
        logits = model(input_ids=filled[None]).logits[0, : len(ids) - 1]
    logits = logits.double() if dtype == torch.float64 else logits.float()
    return torch.nn.functional.cross_entropy(logits, ids[1:], reduction="none")


def record(directory, out, vocabulary, longest):
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, **EAGER)
    rows = []
    for ids, prompt in samples(vocabulary, longest):
        rows.append(
            {
                "ids": ids.tolist(),
                "prompt_len": prompt,
                "losses": losses(model, ids, torch.float64, longest).tolist(),
                "f32_mean": losses(model, ids, torch.float32, longest)[prompt - 1 :].double().mean().item(),
                "bf16_mean": losses(model, ids, torch.bfloat16, longest)[prompt - 1 :].double().mean().item(),
            }
        )
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    out.write_text(json.dumps({**versions, "sequence_length": longest, "samples": rows}) + "\n")


def write(directory, model_type, configuration, dtype):
    torch.manual_seed(1)
    config = AutoConfig.for_model(model_type, **configuration)
    model = AutoModelForCausalLM.from_config(config)
    randomise(model)
    model.to(dtype).save_pretrained(directory)
    (directory / "generation_config.json").unlink(missing_ok=True)
    if configuration.get("layer_types", ()) is None:
        leave_out(directory / "config.json", "layer_types")


def leave_out(file, key):
    """For what is to be read from the other keys."""
    written = json.loads(file.read_text())
    del written[key]
    file.write_text(json.dumps(written, indent=2) + "\n")


def write_shards(directory, source, most):
    AutoModelForCausalLM.from_pretrained(source, dtype="auto").save_pretrained(directory, max_shard_size=most)
    (directory / "generation_config.json").unlink(missing_ok=True)


def write_version_4(directory, source, rewrite):
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "model.safetensors").write_bytes((source / "model.safetensors").read_bytes())
    old = json.loads((source / "config.json").read_text())
    new = {k: v for k, v in old.items() if k not in VERSION_5_ONLY}
    new.update(rewrite(old), torch_dtype=old["dtype"], transformers_version="4.57.0")
    (directory / "config.json").write_text(json.dumps(new, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--switches", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    size = SIZES[arguments.size]
    vocabulary, longest = size[3], size[4]
    models = {**families(*size), **(switches(*size) if arguments.switches else {})}
    for name, (model_type, configuration, dtype) in models.items():
        if not arguments.only or name in arguments.only:
            write(arguments.out / name, model_type, configuration, dtype)
            record(arguments.out / name, arguments.out / f"{name}.json", vocabulary, longest)
    for name, (source, most) in SHARDED.items():
        if not arguments.only or name in arguments.only:
            write_shards(arguments.out / name, arguments.out / source, most[arguments.size])
            record(arguments.out / name, arguments.out / f"{name}.json", vocabulary, longest)
    for name, (source, rewrite) in VERSION_4.items():
        if not arguments.only or name in arguments.only:
            write_version_4(arguments.out / name, arguments.out / source, rewrite)
            record(arguments.out / name, arguments.out / f"{name}.json", vocabulary, longest)


if __name__ == "__main__":
    main()
