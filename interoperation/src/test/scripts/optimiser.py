"""Trains a checkpoint with torch.optim and compares the weights with another training's.

Reads {"start", "trained", "samples": [{"ids", "prompt_len"}], "steps", "warmup", "rate", "final_share", "decay",
"largest_norm"}; every step sees all samples. Prints {"losses", "norms", "rates", "difference"}, where
difference is the norm of the two trainings' difference, as a share of the norm of what this one changed.
"""

import json
import math
import sys

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM


def rate_of(step, request):
    if step < request["warmup"]:
        return (step + 1) / request["warmup"]
    progress = (step - request["warmup"]) / (request["steps"] - request["warmup"])
    return request["final_share"] + (1 - request["final_share"]) * 0.5 * (1 + math.cos(math.pi * progress))


def mean_loss(model, samples):
    total, counted = 0.0, 0
    for sample in samples:
        ids = torch.tensor(sample["ids"])
        first = sample["prompt_len"] - 1
        logits = model(input_ids=ids[None]).logits[0, first:-1].float()
        total = total + torch.nn.functional.cross_entropy(logits, ids[first + 1 :], reduction="sum")
        counted += len(ids) - 1 - first
    return total / counted


def squared_norm(tensors):
    return sum(tensor.double().square().sum().item() for tensor in tensors)


def main():
    torch.set_num_threads(1)
    request = json.load(sys.stdin)
    model = AutoModelForCausalLM.from_pretrained(request["start"], dtype=torch.float32, attn_implementation="eager")
    before = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    matrices = [weight for weight in model.parameters() if weight.dim() > 1]
    vectors = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": request["decay"]}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=request["rate"], betas=(0.9, 0.95), eps=1e-8)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_of(step, request))
    losses, norms, rates = [], [], []
    for _ in range(request["steps"]):
        loss = mean_loss(model, request["samples"])
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), request["largest_norm"]).item())
        rates.append(optimiser.param_groups[0]["lr"])
        losses.append(loss.item())
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
    theirs = load_file(request["trained"] + "/model.safetensors")
    after = dict(model.named_parameters())
    difference = squared_norm(theirs[name] - after[name].detach() for name in before)
    change = squared_norm(after[name].detach() - before[name] for name in before)
    answer = {"losses": losses, "norms": norms, "rates": rates, "difference": math.sqrt(difference / change)}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
