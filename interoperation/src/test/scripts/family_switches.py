"""Random checkpoints of what family_configurations.py leaves out: switches, shards, the spelling of transformers 4."""

import torch

from family_configurations import families, rope


def switches(hidden, inner, heads, vocabulary, longest):
    """The same, one for each switch of a family that families() leaves as it is."""
    plain = families(hidden, inner, heads, vocabulary, longest)
    base = {name: configuration for name, (_, configuration, _) in plain.items()}
    window = longest // 4
    original = longest // 2
    half = hidden // heads // 2
    sliding, full = "sliding_attention", "full_attention"
    yarn = rope("yarn", factor=4.0, original_max_position_embeddings=original)
    factors = {
        "short_factor": [1.0 + 0.1 * i for i in range(half)],
        "long_factor": [1.5 + 0.5 * i for i in range(half)],
    }
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
        "seed-oss-biases": (
            "seed_oss",
            "seed-oss",
            {"attention_out_bias": True, "mlp_bias": True, "attention_bias": False},
        ),
        "starcoder2-unbiased": (
            "starcoder2",
            "starcoder2",
            {"use_bias": False, "sliding_window": None, "tie_word_embeddings": True},
        ),
        "olmo3-plain": ("olmo3", "olmo3", {"attention_bias": True, "rope_parameters": None}),
        "olmo2-bias": (
            "olmo2",
            "olmo2",
            {"attention_bias": True, "tie_word_embeddings": True, "rope_parameters": yarn},
        ),
        "granite-biases": (
            "granite",
            "granite",
            {"attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True, "logits_scaling": 0.5},
        ),
        "granite-plain": (
            "granite",
            "granite",
            {
                "embedding_multiplier": 1.0,
                "residual_multiplier": 1.0,
                "attention_multiplier": 1.0,
                "logits_scaling": 1.0,
            },
        ),
        "smollm3-listed": (
            "smollm3",
            "smollm3",
            {"no_rope_layers": [0, 1, 1], "attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True},
        ),
        "smollm3-window": (
            "smollm3",
            "smollm3",
            {"use_sliding_window": True, "sliding_window": window, "layer_types": None},
        ),
        "smollm3-yarn": ("smollm3", "smollm3", {"rope_parameters": yarn}),
        "olmo-plain": ("olmo", "olmo", {"clip_qkv": None, "attention_bias": True, "tie_word_embeddings": True}),
        "exaone4-all-rotate": (
            "exaone4",
            "exaone4",
            {"sliding_window": None, "layer_types": [full, full, full], "tie_word_embeddings": True},
        ),
        "exaone4-types": ("exaone4", "exaone4", {"layer_types": [full, sliding, full], "sliding_window_pattern": "LG"}),
        "exaone4-pattern": ("exaone4", "exaone4", {"layer_types": None, "num_hidden_layers": 5}),
        "gptj-whole-heads": (
            "gptj",
            "gptj",
            {"rotary_dim": hidden // heads, "n_inner": None, "activation_function": "gelu"},
        ),
        "gptj-tied": ("gptj", "gptj", {"tie_word_embeddings": True}),
        "cohere-plain": (
            "cohere",
            "cohere",
            {"use_qk_norm": False, "attention_bias": True, "tie_word_embeddings": True, "logit_scale": 1.0},
        ),
        "cohere-linear": ("cohere", "cohere", {"rope_parameters": rope("linear", factor=2.0)}),
        "glm-unbiased": ("glm", "glm", {"attention_bias": False, "tie_word_embeddings": True}),
        "glm4-whole-heads": ("glm4", "glm4", {"rope_parameters": rope(theta=500.0, partial_rotary_factor=1.0)}),
        "falcon-sequential": (
            "falcon",
            "falcon",
            {"parallel_attn": False, "multi_query": False, "bias": True, "tie_word_embeddings": False},
        ),
        "falcon-by-head": ("falcon", "falcon", {"multi_query": False, "ffn_hidden_size": None, "activation": "relu"}),
        "falcon-one-norm": ("falcon", "falcon-grouped", {"num_ln_in_parallel_attn": 1, "bias": True}),
        "falcon-dynamic": (
            "falcon",
            "falcon",
            {"max_position_embeddings": original, "rope_parameters": rope("dynamic", factor=2.0)},
        ),
        "mixtral-window": (
            "mixtral",
            "mixtral",
            {"sliding_window": window, "num_local_experts": 3, "num_experts_per_tok": 1},
        ),
        "qwen2-moe-plain": (
            "qwen2_moe",
            "qwen2-moe",
            {"qkv_bias": False, "norm_topk_prob": True, "decoder_sparse_step": 2, "tie_word_embeddings": True},
        ),
        "qwen3-moe-window": (
            "qwen3_moe",
            "qwen3-moe",
            {
                "use_sliding_window": True,
                "sliding_window": window,
                "attention_bias": True,
                "norm_topk_prob": False,
                "mlp_only_layers": [],
                "decoder_sparse_step": 2,
            },
        ),
        "olmoe-all": (
            "olmoe",
            "olmoe",
            {"clip_qkv": None, "num_experts_per_tok": 6, "norm_topk_prob": True, "attention_bias": True},
        ),
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
    "stablelm-v4": (
        "stablelm",
        lambda old: {"rope_theta": 10000.0, "partial_rotary_factor": 0.5, "rope_scaling": None},
    ),
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
