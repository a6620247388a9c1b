"""The configurations of random checkpoints of every family that Assay scores."""

import torch

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
    falcon = {key: value for key, value in neox.items() if key not in ("intermediate_size", "tie_word_embeddings")}
    falcon["ffn_hidden_size"] = inner
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
            {
                **common,
                "head_dim": 12,
                "sliding_window": window,
                "layer_types": ["sliding_attention", "full_attention"],
            },
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
        "granite": (
            "granite",
            {
                **common,
                "embedding_multiplier": 6.0,
                "residual_multiplier": 0.4,
                "attention_multiplier": 0.2,
                "logits_scaling": 2.0,
            },
            bf16,
        ),
        "smollm3": ("smollm3", {**common, "num_hidden_layers": 3, "no_rope_layer_interval": 2}, bf16),
        "olmo": ("olmo", {**common, "clip_qkv": 0.7}, bf16),
        "exaone4": (
            "exaone4",
            {**common, "num_hidden_layers": 3, "sliding_window": window, "sliding_window_pattern": 2},
            bf16,
        ),
        "gptj": (
            "gptj",
            {
                "vocab_size": vocabulary,
                "n_embd": hidden,
                "n_layer": 2,
                "n_head": heads,
                "n_inner": inner,
                "n_positions": longest,
                "rotary_dim": half // 2 * 2,
                "bos_token_id": None,
                "eos_token_id": None,
            },
            bf16,
        ),
        "cohere": ("cohere", {**common, "use_qk_norm": True, "logit_scale": 0.4, "rope_parameters": rope()}, bf16),
        "glm": ("glm", {**common, "head_dim": 12}, bf16),
        "glm4": ("glm4", {**common, "head_dim": 12}, bf16),
        "falcon": ("falcon", {**falcon, "alibi": False}, bf16),
        "falcon-grouped": ("falcon", {**falcon, "new_decoder_architecture": True, "num_kv_heads": heads // 2}, bf16),
        "mixtral": ("mixtral", {**common, "num_local_experts": 4}, bf16),
        "qwen2-moe": (
            "qwen2_moe",
            {
                **common,
                "num_experts": 5,
                "num_experts_per_tok": 2,
                "moe_intermediate_size": inner // 2,
                "shared_expert_intermediate_size": inner // 3,
            },
            bf16,
        ),
        "qwen3-moe": (
            "qwen3_moe",
            {
                **common,
                "num_hidden_layers": 3,
                "head_dim": 12,
                "num_experts": 6,
                "num_experts_per_tok": 3,
                "moe_intermediate_size": inner // 2,
                "norm_topk_prob": True,
                "mlp_only_layers": [1],
            },
            bf16,
        ),
        "olmoe": ("olmoe", {**common, "num_experts": 6, "num_experts_per_tok": 3, "clip_qkv": 0.9}, bf16),
    }
