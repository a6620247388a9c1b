"""Saves a small random model of every family and records its config.json and the names and shapes of its tensors.

Usage: configurations.py DIRECTORY, with transformers 4 or 5 and torch. DIRECTORY/recorded.json is what lib-model's
tests keep; the checkpoints beside it can be opened as they are.
"""

import json
import pathlib
import sys

import torch
import transformers
from safetensors import safe_open
from transformers import AutoConfig, AutoModelForCausalLM

TRANSFORMERS_5 = int(transformers.__version__.split(".")[0]) >= 5

COMMON = dict(
    vocab_size=40,
    hidden_size=32,
    intermediate_size=40,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    pad_token_id=None,
    bos_token_id=1,
    eos_token_id=2,
)
WITHOUT_GROUPS = {key: value for key, value in COMMON.items() if key != "num_key_value_heads"}


def rotary(theta=10000.0, **scaling):
    """The same embedding in the spelling of the version that runs."""
    if TRANSFORMERS_5:
        return {"rope_parameters": {"rope_theta": theta, **scaling}}
    return {"rope_theta": theta, **({"rope_scaling": scaling} if scaling else {})}


LONGROPE = rotary(
    **{
        "rope_type" if TRANSFORMERS_5 else "type": "longrope",
        "short_factor": [1.0, 1.25, 1.5, 1.75],
        "long_factor": [2.0, 2.5, 3.0, 4.0],
    }
)
HALF_ROTATED = (
    {"rope_parameters": {"rope_theta": 10000.0, "partial_rotary_factor": 0.5, "rope_type": "default"}}
    if TRANSFORMERS_5
    else {"rotary_pct": 0.5}
)
SMALL_HEADS = {"head_dim": 8}
GEMMA = {**COMMON, **SMALL_HEADS, "query_pre_attn_scalar": 8, "sliding_window": 8}

MODELS = {
    "llama": ("llama", COMMON),
    "llama-biased-tied": (
        "llama",
        {**COMMON, "attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True},
    ),
    "llama-head-dim": ("llama", {**COMMON, **SMALL_HEADS}),
    "llama-linear": ("llama", {**COMMON, **rotary(rope_type="linear", factor=2.0)}),
    "llama-dynamic": ("llama", {**COMMON, **rotary(rope_type="dynamic", factor=2.0)}),
    "llama-yarn": (
        "llama",
        {**COMMON, **rotary(rope_type="yarn", factor=4.0, original_max_position_embeddings=16)},
    ),
    "llama-llama3": (
        "llama",
        {
            **COMMON,
            **rotary(
                theta=500000.0,
                rope_type="llama3",
                factor=8.0,
                low_freq_factor=1.0,
                high_freq_factor=4.0,
                original_max_position_embeddings=16,
            ),
        },
    ),
    "mistral": ("mistral", {**COMMON, "sliding_window": 8}),
    "mistral-no-window": ("mistral", {**COMMON, "sliding_window": None}),
    "qwen2": ("qwen2", COMMON),
    "qwen2-window": (
        "qwen2",
        {**COMMON, "use_sliding_window": True, "sliding_window": 8, "max_window_layers": 1},
    ),
    "qwen3": ("qwen3", {**COMMON, **SMALL_HEADS, "tie_word_embeddings": True}),
    "olmo2": ("olmo2", COMMON),
    "stablelm": ("stablelm", {**COMMON, "partial_rotary_factor": 0.5, "use_qkv_bias": True}),
    "stablelm-parallel": (
        "stablelm",
        {**COMMON, "partial_rotary_factor": 0.5, "use_parallel_residual": True, "qk_layernorm": True},
    ),
    "gemma": ("gemma", {**COMMON, **SMALL_HEADS}),
    "gemma2": ("gemma2", GEMMA),
    "gemma3": ("gemma3_text", {**GEMMA, "sliding_window_pattern": 2}),
    "phi": ("phi", {**COMMON, "partial_rotary_factor": 0.5}),
    "phi-qk-norm": ("phi", {**COMMON, "partial_rotary_factor": 0.5, "qk_layernorm": True}),
    "phi3": ("phi3", {**COMMON, "sliding_window": 8}),
    "phi3-longrope": ("phi3", {**COMMON, "original_max_position_embeddings": 16, **LONGROPE}),
    "gpt_neox": ("gpt_neox", WITHOUT_GROUPS),
    "gpt_neox-sequential": (
        "gpt_neox",
        {**WITHOUT_GROUPS, "use_parallel_residual": False, **HALF_ROTATED},
    ),
    "gpt2": ("gpt2", dict(vocab_size=40, n_embd=32, n_layer=2, n_head=4, n_positions=64)),
}


def shapes(weights):
    with safe_open(weights, "pt") as tensors:
        return {name: list(tensors.get_slice(name).get_shape()) for name in tensors.keys()}


def record(directory, model_type, values):
    torch.manual_seed(1)
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(model_type, **values))
    model.save_pretrained(directory)
    return {
        "config": json.loads((directory / "config.json").read_text()),
        "tensors": shapes(directory / "model.safetensors"),
    }


def main(root):
    recorded = {}
    for name, (model_type, values) in MODELS.items():
        try:
            recorded[name] = record(root / name, model_type, values)
        except AttributeError as error:
            print(f"left out {name}: this version cannot build it ({error})", file=sys.stderr)
    document = {"transformers": transformers.__version__, "checkpoints": recorded}
    (root / "recorded.json").write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")
    print(f"transformers {transformers.__version__}: {len(recorded)} models")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
