"""Speed of transformers and of Assay on one model and one set of samples, in turn, and their ratios beside the bounds.

usage: model_speed.py FOLDER [--checkpoint DIR] [--assay COMMAND] [--rounds N] [--threads N ...] [--samples N]
  [--no-job]

FOLDER keeps the model (a random 125M-parameter Llama in f32 and bf16) and its samples (48 of 16-192 prompt and 48-640
response tokens, or as many as told) between runs. COMMAND is the launcher, ./assay unless told; it is called as
COMMAND bench model --checkpoint DIR --samples FILE --dtype D --threads N --json. With --checkpoint, that folder's model
takes the place of the random one (trained_models.py makes two); its samples are docstrings of Python's library through
its own tokenizer, 80 to 900 tokens, the first 40 of which are the prompt. The original's loop is transformers
with one sample at a time and full logits. Neither side warms up: the cost of the first sample counts.

The job: four models, each loaded and judged. The original's loop takes them in turn in one process with two threads,
timed from its first from_pretrained on. Ours is COMMAND bench workers: two workers of one thread, each of which hashes,
inspects, loads and judges a model at a time, timed from the first of that on.

Prints one JSON object a setting, then a table of ratios and bounds. Fails if a loss differs, or if a ratio misses its
bound so grossly that no busy machine explains it.
"""

import argparse
import ast
import json
import os
import pathlib
import resource
import shlex
import subprocess
import sys
import time

SETTINGS = {"f32": "float32", "bf16": "bfloat16"}
SPEED = {"f32": 1.0, "bf16": 1.1}
LOSS_DIFFERENCE = {"f32": 1e-5, "bf16": 5e-3}
LOADING = 5
MEMORY = 0.8
OF_MATMUL = {("f32", 1): 0.9, ("f32", 2): 0.9, ("bf16", 1): 0.85, ("bf16", 2): 0.75}
JOB = 2
MODELS = 4
WORKERS = 2

# A ratio below this share of its bound fails: the machine's other work slows both sides alike.
GROSS = 0.5


def prepare(folder):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    if (folder / "samples.jsonl").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
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


def docstrings(checkpoint, folder, count):
    """The first samples of a trained model: the docstrings that fit, module by module, after its own first token."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    lines = []
    for module in sorted(pathlib.Path(os.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and len(lines) < count:
                ids = tokenizer(ast.get_docstring(node) or "")["input_ids"]
                if 80 <= len(ids) <= 900:
                    lines.append(json.dumps({"ids": ids, "prompt_len": 40}))
    path = folder / f"samples-{checkpoint.parent.name}-{count}.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def samples_file(folder, count):
    """The first samples, in a file of their own."""
    lines = (folder / "samples.jsonl").read_text().splitlines()[:count]
    path = folder / f"samples-{count}.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def job_folders(folder, checkpoint):
    """Four models: the same files under four names."""
    for number in range(MODELS):
        copy = folder / f"job-{checkpoint.parent.name}-{checkpoint.name}-{number}"
        copy.mkdir(exist_ok=True)
        for file in checkpoint.iterdir():
            if not (copy / file.name).exists():
                os.link(file, copy / file.name)
        yield copy


def transformers_loop(checkpoints, samples, dtype, threads):
    """Loads each checkpoint in turn and computes its losses, in a separate process: the peak memory is its own."""
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    ids = [json.loads(line) for line in samples.read_text().splitlines()]

    def loss(model, sample):
        tokens = torch.tensor([sample["ids"]])
        labels = tokens.clone()
        labels[:, : sample["prompt_len"]] = -100
        with torch.no_grad():
            return model(input_ids=tokens, labels=labels).loss.item()

    begin = time.perf_counter()
    for checkpoint in checkpoints:
        loading = time.perf_counter()
        model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=getattr(torch, SETTINGS[dtype])).eval()
        computing = time.perf_counter()
        losses = [loss(model, sample) for sample in ids]
    end = time.perf_counter()
    return {
        "seconds": end - begin,
        "mean_loss": sum(losses) / len(losses),
        "tokens_per_second": sum(len(sample["ids"]) for sample in ids) / (end - computing),
        "load_seconds": computing - loading,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }


def measure_transformers(checkpoints, samples, dtype, threads):
    words = [sys.executable, __file__, "--loop", dtype, str(threads), str(samples), *map(str, checkpoints)]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])


def measure_assay(checkpoint, samples, dtype, threads, command):
    words = shlex.split(command) + ["bench", "model", "--checkpoint", str(checkpoint), "--samples", str(samples)]
    words += ["--dtype", dtype, "--threads", str(threads), "--json"]
    figures = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
    figures.pop("samples")
    return figures


def best(runs):
    """Each figure's best: what else the machine does slows a run and never speeds it up."""
    smaller = {"load_seconds", "peak_memory_mb"}
    return {name: (min if name in smaller else max)(run[name] for run in runs) for name in runs[0]}


def measure_in_turn(checkpoint, samples, dtype, threads, command, rounds):
    theirs, ours = [], []
    for _ in range(rounds):
        theirs.append(measure_transformers([checkpoint], samples, dtype, threads))
        ours.append(measure_assay(checkpoint, samples, dtype, threads, command))
    theirs, ours = best(theirs), best(ours)
    print(json.dumps({"setting": f"{dtype}-{threads}", "transformers": theirs, "assay": ours}), flush=True)
    name = f"{dtype}, threads {threads}: "
    rows = [
        (name + "speed", ours["tokens_per_second"] / theirs["tokens_per_second"], ">=", SPEED[dtype]),
        (name + "loading", theirs["load_seconds"] / ours["load_seconds"], ">=", LOADING),
        (name + "memory", ours["peak_memory_mb"] / theirs["peak_memory_mb"], "<=", MEMORY),
        (name + "loss difference", abs(ours["mean_loss"] - theirs["mean_loss"]), "<=", LOSS_DIFFERENCE[dtype]),
    ]
    share = ours["model_gflops"] / ours["matmul_gflops"]
    return [*rows, (name + "share of the matrix product", share, ">=", OF_MATMUL.get((dtype, threads), 0))]


def measure_job(folder, checkpoint, samples, dtype, command):
    checkpoints = list(job_folders(folder, checkpoint))
    theirs = measure_transformers(checkpoints, samples, dtype, WORKERS)["seconds"]
    first, *others = map(str, checkpoints)
    words = shlex.split(command) + ["bench", "workers", "--checkpoint", first, "--samples", str(samples), *others]
    words += ["--dtype", dtype, "--threads", "1", "--workers", str(WORKERS), "--json"]
    ours = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)["seconds"]
    print(json.dumps({"setting": f"{dtype}-job", "transformers_seconds": theirs, "assay_seconds": ours}), flush=True)
    return (f"{dtype}: {MODELS} models over {WORKERS} cores", theirs / ours, ">=", JOB)


def reaches(measured, sign, bound):
    return measured >= bound if sign == ">=" else measured <= bound


def fails_grossly(name, measured, sign, bound):
    if name.endswith("loss difference"):
        return measured > bound
    # Where matrices have units of their own in a processor, bf16 stays far behind its product, whatever the program.
    if name.startswith("bf16") and name.endswith("matrix product"):
        return False
    return not reaches(measured, sign, bound * GROSS if sign == ">=" else bound / GROSS)


def report(rows):
    for name, measured, sign, bound in rows:
        print(f"{name:44} {measured:10.3g}  {sign} {bound:<6g} {'' if reaches(measured, sign, bound) else 'missed'}")
    gross = [row[0] for row in rows if fails_grossly(*row)]
    if gross:
        sys.exit(f"model_speed: grossly missed: {'; '.join(gross)}")


def main():
    if sys.argv[1:2] == ["--loop"]:
        dtype, threads, samples, *checkpoints = sys.argv[2:]
        print(json.dumps(transformers_loop(checkpoints, pathlib.Path(samples), dtype, int(threads))))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--assay", default="./assay")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--samples", type=int, default=48)
    parser.add_argument("--no-job", action="store_true")
    arguments = parser.parse_args()
    if arguments.checkpoint:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        samples = docstrings(arguments.checkpoint, arguments.folder, arguments.samples)
    else:
        prepare(arguments.folder)
        samples = samples_file(arguments.folder, arguments.samples)
    rows = []
    for dtype in SETTINGS:
        checkpoint = arguments.checkpoint or arguments.folder / dtype
        for threads in arguments.threads:
            rows += measure_in_turn(checkpoint, samples, dtype, threads, arguments.assay, arguments.rounds)
        if not arguments.no_job:
            rows.append(measure_job(arguments.folder, checkpoint, samples, dtype, arguments.assay))
    report(rows)


if __name__ == "__main__":
    main()
