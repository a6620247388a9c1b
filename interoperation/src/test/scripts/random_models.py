"""Random configurations of every family and switch of families.py, and what transformers says their losses are.

usage: random_models.py OUT SEED FIRST COUNT

Case I of a seed is the same whichever cases are made with it. Writes OUT/I/config.json, OUT/I/model.safetensors and
OUT/I.json: {"name", "sequence_length", "samples": [{"ids", "prompt_len", "mean", "bf16_mean"}]}, where the means are
over the tokens that count, the first from a float64 run.
"""

import json
import pathlib
import random
import sys

import torch
from transformers import AutoConfig, AutoModelForCausalLM

from families import EAGER, leave_out, losses, randomise
from family_configurations import families
from family_switches import switches

EPSILONS = ("rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon")
DTYPES = (torch.float32, torch.bfloat16, torch.float16)


def draw(chance):
    """name, model type, configuration, vocabulary and sequence length"""
    heads = chance.choice((2, 4, 6, 8))
    hidden = heads * chance.choice((8, 16, 24, 32))
    vocabulary = chance.randint(60, 400)
    longest = chance.choice((24, 60, 130, 200, 300))
    sizes = (hidden, chance.randint(17, 160), heads, vocabulary, longest)
    known = {**families(*sizes), **switches(*sizes)}
    name = chance.choice(sorted(known))
    model_type, configuration, _ = known[name]
    configuration = dict(configuration)
    if "num_key_value_heads" in configuration:
        configuration["num_key_value_heads"] = chance.choice([n for n in range(1, heads + 1) if heads % n == 0])
    if isinstance(configuration.get("sliding_window"), int):
        configuration["sliding_window"] = chance.randint(2, longest + 10)
    if "tie_word_embeddings" in configuration:
        configuration["tie_word_embeddings"] = chance.random() < 0.5
    if not configuration.get("layer_types") and not configuration.get("no_rope_layers"):
        layers = "n_layer" if "n_layer" in configuration else "num_hidden_layers"
        configuration[layers] += chance.randint(0, 1)
    return name, model_type, configuration, vocabulary, longest


def write(directory, model_type, configuration, chance):
    torch.manual_seed(chance.getrandbits(32))
    config = AutoConfig.for_model(model_type, **configuration)
    for epsilon in EPSILONS:
        if hasattr(config, epsilon):
            setattr(config, epsilon, 10 ** chance.uniform(-12, -3))
    model = AutoModelForCausalLM.from_config(config)
    randomise(model)
    with torch.no_grad():
        gain = chance.uniform(0.5, 1.5)
        for weight in model.parameters():
            weight.mul_(gain)
    model.to(chance.choice(DTYPES)).save_pretrained(directory)
    (directory / "generation_config.json").unlink(missing_ok=True)
    if configuration.get("layer_types", ()) is None:
        leave_out(directory / "config.json", "layer_types")


def record(directory, name, vocabulary, longest, chance):
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, **EAGER)
    rows = []
    for _ in range(3):
        ids = torch.tensor([chance.randrange(vocabulary) for _ in range(chance.randint(2, longest))])
        prompt = chance.randint(1, len(ids) - 1)
        exact = losses(model, ids, torch.float64, longest)[prompt - 1 :]
        rounded = losses(model, ids, torch.bfloat16, longest)[prompt - 1 :]
        rows.append(
            {
                "ids": ids.tolist(),
                "prompt_len": prompt,
                "mean": exact.mean().item(),
                "bf16_mean": rounded.double().mean().item(),
            }
        )
    return {"name": name, "sequence_length": longest, "samples": rows}


def main(out, seed, first, count):
    torch.set_num_threads(1)
    for case in range(first, first + count):
        chance = random.Random(f"{seed} {case}")
        name, model_type, configuration, vocabulary, longest = draw(chance)
        write(out / str(case), model_type, configuration, chance)
        found = record(out / str(case), name, vocabulary, longest, chance)
        (out / f"{case}.json").write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:]))
