"""Loads checkpoints as transformers loads any, by from_pretrained and nothing more, and gives their losses.

Reads {"checkpoints": [{"directory", "samples": [{"ids", "prompt_len"}], "texts": [...]}]} and prints
[{"dtype", "means": [mean -log p of a sample's counted tokens, ...], "ids": [[...], ...]}], the ids being those that the
checkpoint's own tokenizer gives for the texts.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def mean_loss(model, sample):
    ids = torch.tensor(sample["ids"])
    with torch.no_grad():
        logits = model(input_ids=ids[None]).logits[0, :-1].float()
    losses = torch.nn.functional.cross_entropy(logits, ids[1:], reduction="none")
    return losses[sample["prompt_len"] - 1 :].double().mean().item()


def answer(checkpoint):
    model, loading = AutoModelForCausalLM.from_pretrained(checkpoint["directory"], output_loading_info=True)
    if loading["missing_keys"] or loading["unexpected_keys"]:
        raise SystemExit(f"{checkpoint['directory']}: {loading}")
    ids = []
    if checkpoint["texts"]:
        tokenizer = AutoTokenizer.from_pretrained(checkpoint["directory"])
        ids = [tokenizer(text, add_special_tokens=False).input_ids for text in checkpoint["texts"]]
    means = [mean_loss(model.eval(), sample) for sample in checkpoint["samples"]]
    return {"dtype": str(model.dtype), "means": means, "ids": ids}


def main():
    torch.set_num_threads(1)
    request = json.load(sys.stdin)
    print(json.dumps([answer(checkpoint) for checkpoint in request["checkpoints"]]))


if __name__ == "__main__":
    main()
