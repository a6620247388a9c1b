"""Random checkpoints of every family that Assay scores, and what transformers says their losses are.

usage: families.py OUT [--size tiny|small] [--only NAME ...] [--switches]

Writes OUT/NAME/config.json, OUT/NAME/model.safetensors and OUT/NAME.json:
{"torch", "transformers", "sequence_length", "samples": [{"ids", "prompt_len", "losses", "f32_mean", "bf16_mean"}]}
where losses are -log p of every token but the first, from a float64 run, and the means are over the tokens that count.
--switches adds a checkpoint for every switch of a family that the others leave as it is.
Each sample is filled up to the sequence length on the right, because rotary scalings that follow a sequence's length are
to follow that one, and meets a fresh copy of its model: transformers' dynamic scalings remember the longest so far.
"""

import argparse
import copy
import json
import pathlib

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

SIZES = {
    # hidden, inner, heads, vocabulary, longest sample
    "tiny": (32, 48, 4, 96, 40),
    "small": (96, 160, 6, 320, 160),
}


def rope(kind="default", theta=10000.0, **more):
    return {"rope_type": kind, "rope_theta": theta, **more}


def families(hidden, inner, heads, vocabulary, longest):
    """name -> (model type, configuration, stored dtype)"""
    common = {
        "vocab_size": vocabulary,
        "hidden_size": hidden,
        "intermediate_size": inner,
        "num_hidden_layers": 2,
        "num_attention_heads": heads,
        "num_key_value_heads": heads // 2,
        "max_position_embeddings": 2 * longest,
        "tie_word_embeddings": False,
        "bos_token_id": None,
        "eos_token_id": None,
        "pad_token_id": None,
    }
    window = longest // 4
    original = longest // 2
    half = hidden // heads // 2
    every_head = {"num_key_value_heads": heads}
    neox = {key: value for key, value in common.items() if key != "num_key_value_heads"}
    gemma = {"head_dim": 12, "tie_word_embeddings": True, "hidden_activation": "gelu_pytorch_tanh"}
    f32, f16, bf16 = torch.float32, torch.float16, torch.bfloat16
    return {
        "llama": ("llama", common, f32),
        "llama-f16": ("llama", {**common, "head_dim": 12}, f16),
        "llama-linear": ("llama", {**common, "rope_parameters": rope("linear", factor=4.0)}, bf16),
        "llama-dynamic": (
            "llama",
            {**common, "max_position_embeddings": original, "rope_parameters": rope("dynamic", factor=2.0)},
            bf16,
        ),
        "llama-yarn": (
            "llama",
            {
                **common,
                "rope_parameters": rope("yarn", factor=4.0, original_max_position_embeddings=original),
            },
            bf16,
        ),
        "llama3": (
            "llama",
            {
                **common,
                "attention_bias": True,
                "mlp_bias": True,
                "tie_word_embeddings": True,
                "rope_parameters": rope(
                    "llama3",
                    theta=500000.0,
                    factor=8.0,
                    low_freq_factor=1.0,
                    high_freq_factor=4.0,
                    original_max_position_embeddings=original,
                ),
            },
            bf16,
        ),
        "mistral": ("mistral", {**common, "sliding_window": window, "head_dim": 12}, bf16),
        "qwen2": ("qwen2", {**common, "tie_word_embeddings": True}, bf16),
        "qwen2-window": (
            "qwen2",
            {
                **common,
                "num_hidden_layers": 3,
                "use_sliding_window": True,
                "sliding_window": window,
                "max_window_layers": 1,
            },
            bf16,
        ),
        "qwen3": ("qwen3", {**common, "head_dim": 12, "rope_parameters": rope(theta=1e6)}, bf16),
        "stablelm": (
            "stablelm",
            {**common, "use_qkv_bias": True, "rope_parameters": rope(partial_rotary_factor=0.5)},
            bf16,
        ),
        "stablelm-parallel": (
            "stablelm",
            {
                **common,
                "use_parallel_residual": True,
                "qk_layernorm": True,
                "rope_parameters": rope(partial_rotary_factor=0.5),
            },
            bf16,
        ),
        "gemma": ("gemma", {**common, **gemma}, bf16),
        "gemma2": (
            "gemma2",
            {
                **common,
                **gemma,
                "sliding_window": window,
                "query_pre_attn_scalar": 10,
                "attn_logit_softcapping": 2.0,
                "final_logit_softcapping": 3.0,
            },
            bf16,
        ),
        "gemma3": (
            "gemma3_text",
            {
                **common,
                **gemma,
                "num_hidden_layers": 3,
                "layer_types": ["sliding_attention", "sliding_attention", "full_attention"],
                "sliding_window": window,
                "query_pre_attn_scalar": 10,
                "rope_parameters": {
                    "sliding_attention": rope(theta=10000.0),
                    "full_attention": rope("linear", theta=1e6, factor=8.0),
                },
            },
            bf16,
        ),
        "phi": (
            "phi",
            {**common, **every_head, "rope_parameters": rope(partial_rotary_factor=0.5)},
            bf16,
        ),
        "phi3": ("phi3", {**common, "sliding_window": window}, bf16),
        "phi3-longrope": (
            "phi3",
            {
                **common,
                "original_max_position_embeddings": original,
                "rope_parameters": rope(
                    "longrope",
                    short_factor=[1.0 + 0.1 * i for i in range(half)],
                    long_factor=[1.5 + 0.5 * i for i in range(half)],
                    original_max_position_embeddings=original,
                ),
            },
            bf16,
        ),
        "gpt-neox": (
            "gpt_neox",
            {**neox, "rope_parameters": rope(partial_rotary_factor=0.5), "use_parallel_residual": True},
            bf16,
        ),
        "gpt-neox-sequential": (
            "gpt_neox",
            {**neox, "rope_parameters": rope(partial_rotary_factor=0.25), "use_parallel_residual": False},
            bf16,
        ),
        "gpt2": (
            "gpt2",
            {
                "vocab_size": vocabulary,
                "n_embd": hidden,
                "n_layer": 2,
                "n_head": heads,
                "n_inner": inner,
                "n_positions": longest,
                "bos_token_id": None,
                "eos_token_id": None,
            },
            bf16,
        ),
        "olmo2": ("olmo2", common, bf16),
        "ministral": (
            "ministral",
            {**common, "head_dim": 12, "sliding_window": window, "layer_types": ["sliding_attention", "full_attention"]},
            bf16,
        ),
        "arcee": ("arcee", common, bf16),
        "nemotron": ("nemotron", {**common, "rope_parameters": rope(partial_rotary_factor=0.5)}, bf16),
        "seed-oss": ("seed_oss", {**common, "head_dim": 12}, bf16),
        "starcoder2": ("starcoder2", {**common, "sliding_window": window}, bf16),
        "olmo3": (
            "olmo3",
            {
                **common,
                "num_hidden_layers": 4,
                "sliding_window": window,
                "rope_parameters": {
                    "sliding_attention": rope(theta=500000.0),
                    "full_attention": rope(
                        "yarn", theta=500000.0, factor=4.0, original_max_position_embeddings=original
                    ),
                },
            },
            bf16,
        ),
    }


def switches(hidden, inner, heads, vocabulary, longest):
    """The same, one for each switch of a family that families() leaves as it is."""
    base = {name: configuration for name, (_, configuration, _) in families(hidden, inner, heads, vocabulary, longest).items()}
    window = longest // 4
    original = longest // 2
    half = hidden // heads // 2
    sliding, full = "sliding_attention", "full_attention"
    yarn = rope("yarn", factor=4.0, original_max_position_embeddings=original)
    factors = {"short_factor": [1.0 + 0.1 * i for i in range(half)], "long_factor": [1.5 + 0.5 * i for i in range(half)]}
    longrope = {**factors, "original_max_position_embeddings": original}
    half_rotated = {
        "short_factor": factors["short_factor"][: half // 2],
        "long_factor": factors["long_factor"][: half // 2],
        "original_max_position_embeddings": original,
    }
    changed = {
        "llama-attention-bias": ("llama", "llama", {"attention_bias": True}),
        "llama-mlp-bias": ("llama", "llama", {"mlp_bias": True}),
        "llama-tied": ("llama", "llama", {"tie_word_embeddings": True}),
        "llama-gelu-new": ("llama", "llama", {"hidden_act": "gelu_new"}),
        "llama-gelu": ("llama", "llama", {"hidden_act": "gelu"}),
        "llama-relu": ("llama", "llama", {"hidden_act": "relu"}),
        "llama-one-key-head": ("llama", "llama", {"num_key_value_heads": 1, "rms_norm_eps": 1e-3}),
        "llama-longrope": ("llama", "llama", {"rope_parameters": rope("longrope", factor=2.5, **longrope)}),
        "llama-yarn-mscale": (
            "llama",
            "llama",
            {"rope_parameters": {**yarn, "mscale": 0.8, "mscale_all_dim": 0.4, "beta_fast": 4.0, "beta_slow": 0.5}},
        ),
        "llama-yarn-attention": (
            "llama",
            "llama",
            {"rope_parameters": {**yarn, "attention_factor": 1.3, "beta_fast": 5.0, "truncate": False}},
        ),
        "llama3-untied": (
            "llama",
            "llama3",
            {"attention_bias": False, "mlp_bias": False, "tie_word_embeddings": False},
        ),
        "mistral-no-window": ("mistral", "mistral", {"sliding_window": None}),
        "mistral-yarn": ("mistral", "mistral", {"rope_parameters": yarn}),
        "qwen2-types": (
            "qwen2",
            "qwen2-window",
            {"layer_types": [sliding, full, sliding]},
        ),
        "qwen2-unused-window": ("qwen2", "qwen2-window", {"use_sliding_window": False}),
        "qwen3-bias-window": (
            "qwen3",
            "qwen3",
            {"attention_bias": True, "use_sliding_window": True, "sliding_window": window, "max_window_layers": 0},
        ),
        "qwen3-tied-yarn": ("qwen3", "qwen3", {"tie_word_embeddings": True, "rope_parameters": yarn}),
        "stablelm-quarter": ("stablelm", "stablelm", {"use_qkv_bias": False, "rope_parameters": None}),
        "stablelm-qk-norm": ("stablelm", "stablelm", {"qk_layernorm": True}),
        "stablelm-parallel-bias": ("stablelm", "stablelm-parallel", {"qk_layernorm": False, "use_qkv_bias": True}),
        "stablelm-linear": (
            "stablelm",
            "stablelm",
            {"rope_parameters": rope("linear", factor=2.0, partial_rotary_factor=0.5)},
        ),
        "gemma-gelu": ("gemma", "gemma", {"hidden_activation": None, "hidden_act": "gelu"}),
        "gemma-silu": ("gemma", "gemma", {"hidden_act": "silu", "tie_word_embeddings": False}),
        "gemma2-plain": (
            "gemma2",
            "gemma2",
            {
                "attn_logit_softcapping": None,
                "final_logit_softcapping": None,
                "attention_bias": True,
                "hidden_activation": "gelu",
            },
        ),
        "gemma2-types": ("gemma2", "gemma2", {"layer_types": [full, sliding]}),
        "gemma3-pattern": (
            "gemma3_text",
            "gemma3",
            {"num_hidden_layers": 5, "layer_types": None, "sliding_window_pattern": 2, "rope_parameters": None},
        ),
        "gemma3-underscore": (
            "gemma3_text",
            "gemma3",
            {"num_hidden_layers": 7, "layer_types": None, "_sliding_window_pattern": 2},
        ),
        "gemma3-caps": (
            "gemma3_text",
            "gemma3",
            {"attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0, "attention_bias": True},
        ),
        "phi-qk-norm": ("phi", "phi", {"qk_layernorm": True, "num_key_value_heads": heads // 2}),
        "phi-linear": ("phi", "phi", {"rope_parameters": rope("linear", factor=2.0, partial_rotary_factor=0.5)}),
        "phi3-no-window": ("phi3", "phi3", {"sliding_window": None, "tie_word_embeddings": True}),
        "phi3-half-rotated": (
            "phi3",
            "phi3-longrope",
            {"rope_parameters": rope("longrope", partial_rotary_factor=0.5, **half_rotated)},
        ),
        "phi3-attention-factor": (
            "phi3",
            "phi3-longrope",
            {"rope_parameters": rope("longrope", attention_factor=1.25, **longrope), "sliding_window": window},
        ),
        "gpt-neox-unbiased": (
            "gpt_neox",
            "gpt-neox",
            {"attention_bias": False, "hidden_act": "relu", "tie_word_embeddings": True},
        ),
        "gpt-neox-linear": (
            "gpt_neox",
            "gpt-neox",
            {"rope_parameters": rope("linear", factor=2.0, partial_rotary_factor=0.5)},
        ),
        "gpt2-untied": ("gpt2", "gpt2", {"tie_word_embeddings": False, "n_inner": None, "activation_function": "relu"}),
        "ministral-all-windows": ("ministral", "ministral", {"layer_types": None}),
        "arcee-biases": ("arcee", "arcee", {"attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True}),
        "nemotron-biases": ("nemotron", "nemotron", {"attention_bias": True, "mlp_bias": True, "head_dim": 12}),
        "seed-oss-biases": ("seed_oss", "seed-oss", {"attention_out_bias": True, "mlp_bias": True, "attention_bias": False}),
        "starcoder2-unbiased": (
            "starcoder2",
            "starcoder2",
            {"use_bias": False, "sliding_window": None, "tie_word_embeddings": True},
        ),
        "olmo3-plain": ("olmo3", "olmo3", {"attention_bias": True, "rope_parameters": None}),
        "olmo2-bias": ("olmo2", "olmo2", {"attention_bias": True, "tie_word_embeddings": True, "rope_parameters": yarn}),
    }
    return {
        name: (model_type, {**base[source], **changes}, torch.float32)
        for name, (model_type, source, changes) in changed.items()
    }


# The same weights in shards; the source, and the most bytes of a shard.
SHARDED = {"llama-shards": ("llama", {"tiny": "20KB", "small": "100KB"})}

VERSION_5_ONLY = ("rope_parameters", "dtype", "layer_types", "_sliding_window_pattern")

# config.json as transformers 4 wrote it, where that differs; the weights are those of the family named first.
VERSION_4 = {
    "llama3-v4": (
        "llama3",
        lambda old: {
            "rope_theta": old["rope_parameters"]["rope_theta"],
            "rope_scaling": {k: v for k, v in old["rope_parameters"].items() if k != "rope_theta"},
        },
    ),
    "stablelm-v4": ("stablelm", lambda old: {"rope_theta": 10000.0, "partial_rotary_factor": 0.5, "rope_scaling": None}),
    "gemma3-v4": (
        "gemma3",
        lambda old: {
            "rope_theta": 1e6,
            "rope_local_base_freq": 10000.0,
            "rope_scaling": {"rope_type": "linear", "factor": 8.0},
            "sliding_window_pattern": 3,
        },
    ),
    "gpt-neox-v4": ("gpt-neox", lambda old: {"rotary_emb_base": 10000, "rotary_pct": 0.5}),
}


def randomise(model):
    """Weights large enough that every part of a layer shows in the losses."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() > 1:
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
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager")
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
