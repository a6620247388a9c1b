"""Speed of transformers and of Assay on one model and one set of samples, in turn, and their ratios.

usage: model_speed.py FOLDER [--assay COMMAND] [--rounds N] [--threads N ...]

FOLDER keeps the model (a random 125M-parameter Llama in f32 and bf16) and samples.jsonl (48 samples of 16-192 prompt
and 48-640 response tokens) between runs. COMMAND is the launcher, ./assay unless told; it is called as
COMMAND bench model --checkpoint DIR --samples FILE --dtype D --threads N --json. The original's loop is transformers with
one sample at a time and full logits. Prints one JSON object a setting and a last line with all ratios.
"""

import argparse
import json
import pathlib
import resource
import shlex
import subprocess
import sys
import time

SETTINGS = {"f32": "float32", "bf16": "bfloat16"}


def prepare(folder):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    if (folder / "samples.jsonl").exists():
        return
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=32000,
        hidden_size=768,
        intermediate_size=2048,
        num_hidden_layers=12,
        num_attention_heads=12,
        num_key_value_heads=4,
        max_position_embeddings=2048,
        bos_token_id=None,
        eos_token_id=None,
    )
    model = LlamaForCausalLM(config)
    for dtype, name in SETTINGS.items():
        model.to(getattr(torch, name)).save_pretrained(folder / dtype)
        (folder / dtype / "generation_config.json").unlink(missing_ok=True)
    generator = torch.Generator().manual_seed(3)
    lines = []
    for _ in range(48):
        prompt = int(torch.randint(16, 193, (1,), generator=generator))
        response = int(torch.randint(48, 641, (1,), generator=generator))
        ids = torch.randint(0, 32000, (prompt + response,), generator=generator).tolist()
        lines.append(json.dumps({"ids": ids, "prompt_len": prompt}))
    (folder / "samples.jsonl").write_text("\n".join(lines) + "\n")


def measure_transformers(folder, dtype, threads):
    """Runs in a process of its own, so that its peak memory is its own."""
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    samples = [json.loads(line) for line in (folder / "samples.jsonl").read_text().splitlines()]
    begin = time.perf_counter()
    model = AutoModelForCausalLM.from_pretrained(folder / dtype, dtype=getattr(torch, SETTINGS[dtype])).eval()
    load_seconds = time.perf_counter() - begin

    def loss(sample):
        ids = torch.tensor([sample["ids"]])
        labels = ids.clone()
        labels[:, : sample["prompt_len"]] = -100
        with torch.no_grad():
            return model(input_ids=ids, labels=labels).loss.item()

    loss(samples[0])
    begin = time.perf_counter()
    losses = [loss(sample) for sample in samples]
    seconds = time.perf_counter() - begin
    return {
        "mean_loss": sum(losses) / len(losses),
        "tokens_per_second": sum(len(sample["ids"]) for sample in samples) / seconds,
        "load_seconds": load_seconds,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_assay(folder, dtype, threads, command):
    arguments = ["--checkpoint", str(folder / dtype), "--samples", str(folder / "samples.jsonl")]
    words = shlex.split(command) + ["bench", "model", *arguments]
    words += ["--dtype", dtype, "--threads", str(threads), "--json"]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def measure_in_turn(folder, dtype, threads, command, rounds):
    """The best of each side's rounds: what else the machine does slows a round and never speeds it up."""
    own = [sys.executable, __file__, str(folder), "--one", dtype, str(threads)]
    theirs, ours = [], []
    for _ in range(rounds):
        theirs.append(json.loads(subprocess.run(own, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1]))
        ours.append(measure_assay(folder, dtype, threads, command))
    fastest = lambda runs: max(runs, key=lambda run: run["tokens_per_second"])
    return fastest(theirs), fastest(ours)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--assay", default="./assay")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        dtype, threads = arguments.one
        print(json.dumps(measure_transformers(arguments.folder, dtype, int(threads))))
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    prepare(arguments.folder)
    ratios = {}
    for dtype in SETTINGS:
        for threads in arguments.threads:
            theirs, ours = measure_in_turn(arguments.folder, dtype, threads, arguments.assay, arguments.rounds)
            name = f"{dtype}-{threads}"
            ratios[name] = {
                "speed": ours["tokens_per_second"] / theirs["tokens_per_second"],
                "loading": theirs["load_seconds"] / ours["load_seconds"],
                "memory": ours["peak_memory_mb"] / theirs["peak_memory_mb"],
                "loss_difference": abs(ours["mean_loss"] - theirs["mean_loss"]),
                "of_matmul": ours["model_gflops"] / ours["matmul_gflops"],
            }
            ours.pop("samples", None)
            print(json.dumps({"setting": name, "transformers": theirs, "assay": ours}), flush=True)
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
