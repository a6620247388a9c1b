"""What transformers computes in float64 for {"folder": ..., "samples": [{"ids": [...], "prompt_len": ...}]}.

Reads that from standard input and prints the mean of -log p over all tokens after the prompts.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM

torch.set_num_threads(1)
request = json.load(sys.stdin)
model = AutoModelForCausalLM.from_pretrained(request["folder"], dtype=torch.float64, attn_implementation="eager")
losses = []
with torch.no_grad():
    for sample in request["samples"]:
        ids = torch.tensor(sample["ids"])
        logits = model.eval()(input_ids=ids[None]).logits[0, :-1]
        tokens = torch.nn.functional.cross_entropy(logits, ids[1:], reduction="none")
        losses.append(tokens[sample["prompt_len"] - 1 :])
print(json.dumps(torch.cat(losses).mean().item()))
