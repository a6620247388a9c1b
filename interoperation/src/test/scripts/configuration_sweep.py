"""Every key of every family's configuration, with every kind of value, and what transformers makes of it.

usage: configuration_sweep.py keys OUT    (each version of transformers: which keys it knows)
       configuration_sweep.py cases OUT [--only FAMILY ...] [--count N] [--seed S]
                                          (transformers 5: checkpoints and cases)
       configuration_sweep.py losses OUT  (each version: what it computes for each case)

keys writes OUT/keys-VERSION.json: {family: [key]}. They are the fields and parameters of the family's configuration
class, its aliases, and what its model's code and the code that all models share read from a configuration by name.
cases writes OUT/FAMILY.BASE/model.safetensors and OUT/FAMILY.BASE.json:
{"ids", "cases": [{"name", "config"}]}, where config is the text of config.json. losses writes
OUT/FAMILY.BASE-VERSION.json: {name: [loss] or "why it does not load"}.
"""

import argparse
import dataclasses
import inspect
import json
import logging
import pathlib
import random
import re
import shutil
import sys
import tempfile
import warnings

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

from families import randomise
from family_configurations import families

VERSION = transformers.__version__
SIZES = (32, 48, 4, 64, 20)
BASES = {
    "llama": "llama",
    "mistral": "mistral",
    "qwen2": "qwen2-window",
    "qwen3": "qwen3",
    "olmo2": "olmo2",
    "stablelm": "stablelm",
    "gemma": "gemma",
    "gemma2": "gemma2",
    "gemma3_text": "gemma3",
    "phi": "phi",
    "phi3": "phi3",
    "gpt_neox": "gpt-neox",
    "gpt2": "gpt2",
    "ministral": "ministral",
    "seed_oss": "seed-oss",
    "starcoder2": "starcoder2",
    "olmo3": "olmo3",
    "arcee": "arcee",
    "nemotron": "nemotron",
    "granite": "granite",
    "smollm3": "smollm3",
    "olmo": "olmo",
    "exaone4": "exaone4",
    "gptj": "gptj",
    "cohere": "cohere",
    "glm": "glm",
    "glm4": "glm4",
    "falcon": "falcon-grouped",
    "mixtral": "mixtral",
    "qwen2_moe": "qwen2-moe",
    "qwen3_moe": "qwen3-moe",
    "olmoe": "olmoe",
}
# Code that every model shares and that reads configurations.
SHARED = (
    "configuration_utils.py modeling_utils.py modeling_rope_utils.py masking_utils.py modeling_layers.py "
    "modeling_attn_mask_utils.py activations.py core_model_loading.py pytorch_utils.py cache_utils.py "
    "integrations/sdpa_attention.py integrations/eager_paged.py integrations/hub_kernels.py integrations/moe.py "
    "integrations/heterogeneity/*.py quantizers/auto.py models/auto/auto_factory.py models/auto/configuration_auto.py"
).split()
READ = re.compile(r"\bconfig\.([a-z_]\w*)|getattr\(\s*(?:self\.|text_)?config\s*,\s*[\"'](\w+)[\"']|"
                  r"kwargs\.(?:pop|get|setdefault)\(\s*[\"'](\w+)[\"']|config_dict(?:\.get\(|\[)[\"'](\w+)[\"']")


def class_of(family):
    return type(AutoConfig.for_model(family))


def named_by_code(family):
    root = pathlib.Path(transformers.__file__).parent
    model = inspect.getfile(class_of(family))
    files = [f for pattern in SHARED for f in root.glob(pattern)]
    files += [f for f in pathlib.Path(model).parent.glob("*.py") if f.name.startswith(("modeling", "configuration"))]
    for file in files:
        for groups in READ.findall(file.read_text()):
            yield next(name for name in groups if name)


def keys(family):
    cls = class_of(family)
    known = set(inspect.signature(cls.__init__).parameters) - {"self", "args", "kwargs"}
    if dataclasses.is_dataclass(cls):
        known |= {field.name for field in dataclasses.fields(cls)}
    known |= set(cls.attribute_map) | set(AutoConfig.for_model(family).to_dict())
    named = {n for n in named_by_code(family) if not callable(getattr(cls, n, None))}
    return {"known": sorted(known), "named": sorted(named - known)}


def record_keys(out):
    text = {family: keys(family) for family in BASES if family in transformers.CONFIG_MAPPING}
    (out / f"keys-{VERSION}.json").write_text(json.dumps(text, indent=1) + "\n")


# --- cases ---------------------------------------------------------------------------------------

ABSENT = object()
LAYER_TYPES = [["full_attention", "sliding_attention"], ["sliding_attention", "full_attention"],
               ["full_attention", "chunked_attention"]]


def values(base, named_only):
    """What a key is set to."""
    if named_only:
        return [True, False, 2, "x", None]
    found = [None, True, False, 0, 1, 2, -1, 1.0, 0.5, "x", "1", [], {}, [1], {"a": 1}]
    if isinstance(base, bool):
        found += [str(base).lower(), int(base), float(base)]
    elif isinstance(base, int):
        found += [base + 1, base * 2, base // 2, float(base), base + 0.5, str(base), [base]]
    elif isinstance(base, float):
        found += [base * 2, base / 2, str(base), int(base), f"{base:e}"]
    elif isinstance(base, str):
        found += [base.upper(), [base], "gelu", "relu", "gelu_new", "gelu_fast", "quick_gelu", "swish", "tanh"]
        found += ["float64"]
    elif isinstance(base, list):
        found += LAYER_TYPES + [base + base[:1], base[:1]]
    return found


def rotary_values(base):
    return {
        "rope_type": ["default", "linear", "dynamic", "yarn", "llama3", "longrope", "su", "proportional", None, 1],
        "type": ["default", "linear", "yarn", "su", None],
        "rope_theta": [500.0, 500, "500", None, True, 0],
        "factor": [2.0, 2, "2", None, True, 0.5, 1, 1.0],
        "partial_rotary_factor": [0.5, 1.0, 1, None, "0.5", True],
        "original_max_position_embeddings": [10, 10.0, "10", None, 40],
        "attention_factor": [1.5, 2, None, "1.5", True],
        "beta_fast": [4.0, 4, None, "4"],
        "beta_slow": [0.5, 2, None],
        "mscale": [0.5, 2, None, 0],
        "mscale_all_dim": [0.5, 2, None, 0],
        "truncate": [False, None, 0, "x"],
        "low_freq_factor": [0.5, 2, None],
        "high_freq_factor": [2.0, 8, None],
        "short_factor": [[1.5] * 4, [1.5] * 3, [1.5] * 2, None, [1] * 4, ["1"] * 4, 2.0],
        "long_factor": [[2.5] * 4, [2.5] * 2, None],
        "full_attention": [{"rope_theta": 500.0, "rope_type": "default"}, None],
        "sliding_attention": [{"rope_theta": 500.0, "rope_type": "default"}, None],
        "finetuned": [True],
    }


SCALED = {
    "linear": {"rope_type": "linear", "factor": 2.0},
    "dynamic": {"rope_type": "dynamic", "factor": 2.0},
    "yarn": {"rope_type": "yarn", "factor": 2.0, "original_max_position_embeddings": 10},
    "llama3": {"rope_type": "llama3", "factor": 2.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
               "original_max_position_embeddings": 10},
    "longrope": {"rope_type": "longrope", "short_factor": [1.5, 2.0, 2.5, 3.0], "long_factor": [2.5, 2.0, 1.5, 1.0],
                 "original_max_position_embeddings": 10},
}


def changed(config, key, value, first=False):
    copy = {k: v for k, v in config.items() if k != key}
    if value is ABSENT:
        return copy
    return {key: value, **copy} if first else {**copy, key: value}


def rotary_cases(config, spelled):
    """Every key of the rotary object, for every kind of scaling, in both spellings."""
    home = "rope_parameters" if spelled == 5 else "rope_scaling"
    for kind, scaling in {"none": {}, **SCALED}.items():
        theta = {"rope_theta": 10000.0} if spelled == 5 else {}
        flat = changed(config, home, {**scaling, **theta} or None)
        yield f"{home} {kind}", flat
        for other in ("rope_parameters", "rope_scaling"):
            yield f"{home} {kind}, {other} too", {**flat, other: {"rope_type": "linear", "factor": 4.0}}
        for key, choices in rotary_values(config).items():
            for value in choices + [ABSENT]:
                changed_scaling = changed({**scaling, **theta}, key, value)
                yield f"{home} {kind}: {key} = {shown(value)}", changed(config, home, changed_scaling)
        for key, choices in {"rope_theta": [500.0, None, 500], "partial_rotary_factor": [0.5, None, 1.0],
                             "original_max_position_embeddings": [5, None], "max_position_embeddings": [15, 80],
                             "rotary_pct": [0.5], "rotary_emb_base": [500], "rope_local_base_freq": [500.0]}.items():
            for value in choices:
                for first in (False, True):
                    name = f"{home} {kind}, {key} = {shown(value)} beside{' first' * first}"
                    yield name, changed(flat, key, value, first)


def shown(value):
    return "absent" if value is ABSENT else json.dumps(value)


def cases(config, known, named, aliases, spelled):
    yield "as it is", config
    for key in sorted(known | named):
        if key == "model_type":
            continue
        yield f"{key} absent", changed(config, key, ABSENT)
        seen = []
        for value in values(config.get(key), key not in known):
            if shown(value) not in seen:
                seen.append(shown(value))
                yield f"{key} = {shown(value)}", changed(config, key, value)
    for alias, name in aliases.items():
        for value in (config.get(name), 2, 1, None):
            yield f"{alias} = {shown(value)} after {name}", changed(config, alias, value)
            yield f"{alias} = {shown(value)} before {name}", changed(config, alias, value, True)
            yield f"{alias} = {shown(value)} for {name}", changed(changed(config, name, ABSENT), alias, value)
    for types in LAYER_TYPES:
        for window in (3, None, ABSENT):
            yield f"layer_types {types}, sliding_window {shown(window)}", changed(
                changed(config, "layer_types", types), "sliding_window", window)
    for used in (True, False, None):
        for window in (3, None, 0):
            for first in (0, 1, 2, None):
                yield f"use_sliding_window {used}, sliding_window {window}, max_window_layers {first}", {
                    **changed(config, "layer_types", ABSENT),
                    "use_sliding_window": used, "sliding_window": window, "max_window_layers": first}
    for name, value in {
        "text_config": dict(config), "quantization_config": {"quant_method": "fp8"},
        "per_layer_config": {"0": {"sliding_window": 2, "layer_types": "sliding_attention"}},
    }.items():
        yield f"{name} = an object", changed(config, name, value)


def spelled_as_4(config):
    """The same in the spelling of transformers 4; None where that has none."""
    old = {k: v for k, v in config.items() if k not in ("rope_parameters", "dtype", "transformers_version")}
    rope = config.get("rope_parameters")
    if config["model_type"] == "gemma3_text":
        old.update(rope_theta=1e6, rope_local_base_freq=10000.0, rope_scaling={"rope_type": "linear", "factor": 8.0})
    elif config["model_type"] == "olmo3":
        old["rope_theta"] = 500000.0
    elif config["model_type"] == "gpt_neox":
        old.update(rotary_emb_base=10000, rotary_pct=rope["partial_rotary_factor"])
    elif rope:
        old["rope_theta"] = rope["rope_theta"]
        if "partial_rotary_factor" in rope:
            old["partial_rotary_factor"] = rope["partial_rotary_factor"]
    return {**old, "torch_dtype": "float32"}


def write_cases(out, only, count, seed):
    known, named = {}, {}
    for file in out.glob("keys-*.json"):
        for family, found in json.loads(file.read_text()).items():
            known.setdefault(family, set()).update(found["known"])
            named.setdefault(family, set()).update(found["named"])
    for family, name in BASES.items():
        if only and family not in only:
            continue
        _, configuration, _ = families(*SIZES)[name]
        torch.manual_seed(1)
        configuration = {**configuration, "num_hidden_layers" if family != "gpt2" else "n_layer": 2}
        if family in ("gemma3_text", "olmo3"):
            configuration["layer_types"] = ["sliding_attention", "full_attention"]
        model = AutoModelForCausalLM.from_config(AutoConfig.for_model(family, **configuration))
        randomise(model)
        for spelled in (5, 4):
            folder = out / f"{family}.{spelled}"
            model.save_pretrained(folder)
            written = json.loads((folder / "config.json").read_text())
            base = written if spelled == 5 else spelled_as_4(written)
            aliases = class_of(family).attribute_map
            found = list(cases(base, known[family], named[family] - known[family], aliases, spelled))
            if family != "gpt2":
                found += rotary_cases(changed(base, "rope_parameters", ABSENT) if spelled == 4 else base, spelled)
            rows = [{"name": name, "config": json.dumps(config)} for name, config in found]
            chosen = random.Random(f"{seed} {family} {spelled}").sample(rows[1:], min(count, len(rows)) - 1)
            ids = torch.randint(0, SIZES[3], (SIZES[4],), generator=torch.Generator().manual_seed(5)).tolist()
            (out / f"{family}.{spelled}.json").write_text(json.dumps({"ids": ids, "cases": rows[:1] + chosen}))
            print(family, spelled, len(chosen) + 1, "of", len(rows))


# --- losses --------------------------------------------------------------------------------------


def loaded_losses(folder, ids):
    model, info = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
    left = [*info["missing_keys"], *info["mismatched_keys"]]
    if left:
        return f"weights missing: {left[0]}"
    with torch.no_grad():
        logits = model.eval()(input_ids=ids[None], use_cache=False, return_dict=True).logits[0, :-1].float()
    return torch.nn.functional.cross_entropy(logits, ids[1:], reduction="none").tolist()


def write_losses(out):
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    transformers.logging.disable_progress_bar()
    for file in sorted(out / f"{folder.name}.json" for folder in out.iterdir() if folder.is_dir()):
        document = json.loads(file.read_text())
        ids = torch.tensor(document["ids"])
        target = out / f"{file.stem}-{VERSION}.json"
        if target.exists() and target.stat().st_mtime > file.stat().st_mtime:
            continue
        answers = {}
        with tempfile.TemporaryDirectory() as work:
            folder = pathlib.Path(work)
            shutil.copy(out / file.stem / "model.safetensors", folder)
            for case in document["cases"]:
                (folder / "config.json").write_text(case["config"])
                torch.manual_seed(1)
                try:
                    answers[case["name"]] = loaded_losses(folder, ids)
                except Exception as error:
                    answers[case["name"]] = f"{type(error).__name__}: {error}"[:300]
        target.write_text(json.dumps(answers))
        print(file.stem, VERSION, len(answers))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("keys", "cases", "losses"))
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.step == "keys":
        record_keys(arguments.out)
    elif arguments.step == "cases":
        write_cases(arguments.out, arguments.only, arguments.count, arguments.seed)
    else:
        write_losses(arguments.out)


if __name__ == "__main__":
    sys.exit(main())
