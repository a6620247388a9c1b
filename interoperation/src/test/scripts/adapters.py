"""Trains a Llama checkpoint's adapters with peft, beginning with the same numbers as Assay does.

Reads {"start", "samples": [{"ids", "prompt_len"}], "steps", "rate", "decay", "largest_norm", "rank", "alpha", "seed"};
every step sees all samples, at a constant rate. Prints {"losses"}: of each step, before its update.
"""

import json
import math
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from optimiser import mean_loss

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def main():
    torch.set_num_threads(1)
    request = json.load(sys.stdin)
    model = AutoModelForCausalLM.from_pretrained(request["start"], dtype=torch.float32, attn_implementation="eager")
    config = LoraConfig(
        r=request["rank"], lora_alpha=request["alpha"], target_modules=TARGETS, lora_dropout=0.0, bias="none"
    )
    model = get_peft_model(model, config)
    # peft draws uniformly within the same bounds; what differs is the order in which it goes through the layers.
    torch.manual_seed(request["seed"])
    for layer in model.base_model.model.model.layers:
        for target in TARGETS:
            owner = layer.self_attn if target in TARGETS[:4] else layer.mlp
            weight = getattr(owner, target).lora_A["default"].weight
            assert weight.detach().abs().max().item() <= 1 / math.sqrt(weight.shape[1])
            drawn = (torch.rand(weight.shape) * 2 - 1) / math.sqrt(weight.shape[1])
            weight.data.copy_(drawn)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(
        weights, lr=request["rate"], betas=(0.9, 0.95), eps=1e-8, weight_decay=request["decay"]
    )
    losses = []
    for _ in range(request["steps"]):
        loss = mean_loss(model, request["samples"])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, request["largest_norm"])
        losses.append(loss.item())
        optimiser.step()
        optimiser.zero_grad()
    print(json.dumps({"losses": losses}))


if __name__ == "__main__":
    main()
