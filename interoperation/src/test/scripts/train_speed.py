"""Speed and memory of training with peft and transformers and with Assay, in turn, and their ratios beside the bounds.

usage: train_speed.py FOLDER [--assay COMMAND] [--rounds N] [--threads N] [--steps N] [--batch N] [--only lora full]

FOLDER keeps the model of model_speed.py (a random 125M-parameter Llama in f32) and its samples between runs. COMMAND is
the launcher, ./assay unless told; it is called as COMMAND bench train --checkpoint DIR --samples FILE --batch-samples N
--threads N --json, with --lora-rank 16 for adapters beside every linear weight of the layers. The other side takes the
same batches: LoraConfig(r=16, lora_alpha=32, target_modules of the same weights), AdamW with PyTorch's fused kernel,
gradients clipped to 1, its own fused attention; padding stands on the right, where causal attention needs no mask. Both
sides' first step counts for nothing.

Prints one JSON object a setting, then a table of ratios and bounds. Fails if the first step's losses differ, or if a
ratio misses its bound so grossly that no busy machine explains it.
"""

import argparse
import json
import pathlib
import resource
import shlex
import subprocess
import sys
import time

import model_speed

SPEED = {"lora": 1.2, "full": 1.0}
MEMORY = 1.0
RATES = {"lora": 2e-4, "full": 2e-5}
RANK = 16
LOSS_DIFFERENCE = 1e-4
GROSS = 0.5


def batches(samples, size):
    """Lists of ids and labels, padded on the right."""
    lines = [json.loads(line) for line in samples.read_text().splitlines()]
    for start in range(0, len(lines) - size + 1, size):
        yield lines[start : start + size]


def trained(mode, checkpoint, samples, size, threads):
    """Trains in a process of its own, whose peak memory is read at its end."""
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32)
    if mode == "lora":
        from peft import LoraConfig, get_peft_model

        targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
        model = get_peft_model(model, LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules=targets, lora_dropout=0.0))
    model.train()
    parameters = [weight for weight in model.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=RATES[mode], betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    losses, tokens, begin = [], 0, 0.0
    for step, batch in enumerate(batches(samples, size)):
        if step == 1:
            begin = time.perf_counter()
        longest = max(len(sample["ids"]) for sample in batch)
        ids = torch.zeros([len(batch), longest], dtype=torch.long)
        labels = torch.full([len(batch), longest], -100)
        for row, sample in enumerate(batch):
            length = len(sample["ids"])
            ids[row, :length] = torch.tensor(sample["ids"])
            labels[row, sample["prompt_len"] : length] = ids[row, sample["prompt_len"] : length]
        loss = model(input_ids=ids, labels=labels, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
        tokens += sum(len(sample["ids"]) - 1 for sample in batch) if step > 0 else 0
    return {
        "losses": losses,
        "tokens_per_second": tokens / (time.perf_counter() - begin),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }


def measure_peft(mode, checkpoint, samples, size, threads):
    words = [sys.executable, __file__, "--loop", mode, str(checkpoint), str(samples), str(size), str(threads)]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])


def measure_assay(mode, checkpoint, samples, size, threads, command):
    words = shlex.split(command) + ["bench", "train", "--checkpoint", str(checkpoint), "--samples", str(samples)]
    words += ["--batch-samples", str(size), "--threads", str(threads), "--learning-rate", str(RATES[mode])]
    words += ["--warm-up", "0", "--schedule", "constant", "--json"]
    if mode == "lora":
        words += ["--lora-rank", str(RANK)]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def best(runs):
    """What else the machine does slows a run and never speeds it up."""
    return {
        "tokens_per_second": max(run["tokens_per_second"] for run in runs),
        "peak_memory_mb": min(run["peak_memory_mb"] for run in runs),
        "first_loss": runs[0]["losses"][0],
        "last_loss": runs[0]["losses"][-1],
    }


def measured(mode, checkpoint, samples, arguments):
    theirs, ours = [], []
    for _ in range(arguments.rounds):
        theirs.append(measure_peft(mode, checkpoint, samples, arguments.batch, arguments.threads))
        ours.append(measure_assay(mode, checkpoint, samples, arguments.batch, arguments.threads, arguments.assay))
    theirs, ours = best(theirs), best(ours)
    print(json.dumps({"setting": mode, "theirs": theirs, "assay": ours}), flush=True)
    return [
        (mode + ": speed", ours["tokens_per_second"] / theirs["tokens_per_second"], ">=", SPEED[mode]),
        (mode + ": memory", ours["peak_memory_mb"] / theirs["peak_memory_mb"], "<=", MEMORY),
        (mode + ": first loss, difference", abs(ours["first_loss"] - theirs["first_loss"]), "<=", LOSS_DIFFERENCE),
        (mode + ": last loss, ratio", abs(ours["last_loss"] / theirs["last_loss"] - 1), "<=", 0.01),
    ]


def report(rows):
    missed = []
    for name, value, sign, bound in rows:
        reached = value >= bound if sign == ">=" else value <= bound
        print(f"{name:32} {value:10.3g}  {sign} {bound:<6g} {'' if reached else 'missed'}")
        loose = bound * GROSS if sign == ">=" else bound if "loss" in name else bound / GROSS
        if value < loose if sign == ">=" else value > loose:
            missed.append(name)
    if missed:
        sys.exit(f"train_speed: grossly missed: {'; '.join(missed)}")


def main():
    if sys.argv[1:2] == ["--loop"]:
        mode, checkpoint, samples, size, threads = sys.argv[2:]
        print(json.dumps(trained(mode, checkpoint, pathlib.Path(samples), int(size), int(threads))))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--assay", default="./assay")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=["lora", "full"])
    arguments = parser.parse_args()
    model_speed.prepare(arguments.folder)
    samples = model_speed.samples_file(arguments.folder, arguments.steps * arguments.batch)
    rows = []
    for mode in arguments.only:
        rows += measured(mode, arguments.folder / "f32", samples, arguments)
    report(rows)


if __name__ == "__main__":
    main()
