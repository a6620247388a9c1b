"""Loads adapters on their bases with peft, and compares them with the merged checkpoints.

Reads {"adapters": [{"base", "adapter", "merged", "samples": [{"ids", "prompt_len"}]}]}, folders each. Prints for each
{"dtype", "means", "modules", "effect", "difference"}: the samples' mean losses, how many modules have an adapter, and
the largest difference of a logit from the base's and from the merged checkpoint's.
"""

import json
import sys

import torch
from peft import PeftModel
from peft.tuners.lora import LoraLayer
from transformers import AutoModelForCausalLM

from pretrained import mean_loss


def logits(model, samples):
    with torch.no_grad():
        return torch.cat([model(input_ids=torch.tensor([sample["ids"]])).logits[0] for sample in samples])


def loaded(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def answer(request):
    samples = request["samples"]
    base = loaded(request["base"])
    before = logits(base, samples)
    merged = logits(loaded(request["merged"]), samples)
    model = PeftModel.from_pretrained(base, request["adapter"]).eval()
    adapted = logits(model, samples)
    return {
        "dtype": str(adapted.dtype),
        "means": [mean_loss(model, sample) for sample in samples],
        "modules": sum(isinstance(module, LoraLayer) for module in model.modules()),
        "effect": (adapted - before).abs().max().item(),
        "difference": (adapted - merged).abs().max().item(),
    }


def main():
    torch.set_num_threads(1)
    print(json.dumps([answer(request) for request in json.load(sys.stdin)["adapters"]]))


if __name__ == "__main__":
    main()
