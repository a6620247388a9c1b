"""The decoder program that Assay's executors load, beside transformers, on a GPU or on a CPU.

usage: device_check.py FOLDER --device cpu|cuda:0 [--large NAME] [--json]

FOLDER is what DeviceCheckIT writes: for each checkpoint NAME/ (config.json, model.safetensors), NAME.pt (the program),
NAME.calls.json (the calls that map its weights) and, but for large ones, NAME.json (samples and their float64 losses
by transformers). Needs Python, torch, numpy, safetensors and transformers; neither Java nor a network.
A large checkpoint comes as its safetensors header; its weights are made on the device from a seed.
Exit code 1 where a loss is beyond its bound.
"""

import argparse
import gc
import json
import pathlib
import struct
import sys
import time

import torch

F32, BF16 = 6, 15
DTYPES = {F32: torch.float32, BF16: torch.bfloat16}
TITLES = {F32: "f32", BF16: "bf16"}
# Nats: of a model's mean, of each token, between a sample alone and in a batch.
BOUNDS = {"f32_mean": 1e-5, "f32_token": 5e-5, "f32_batch": 2e-5, "bf16_mean": 5e-3}
# Rounding sends a token to another expert where a router's choice is close.
BF16_MEAN_OF_MIXTURES = 3e-2
PEAK_SIZE, SAMPLES, TOKENS, SEED = 8192, 32, 512, 7


def decoder(folder, name, device, dtype):
    program = torch.jit.load(folder / f"{name}.pt")
    program.device = str(device)
    program.dtype = dtype
    for method, arguments in json.loads((folder / f"{name}.calls.json").read_text()):
        if method == "map":
            arguments[1] = str(folder / arguments[1])
        getattr(program, method)(*arguments)
    program.bind(torch.tensor(0.0))
    return program


def losses(program, samples, device):
    """-log p of every token but the first of each sample, padded on the right to the longest."""
    positions = max(len(ids) for ids in samples) - 1
    inputs = torch.zeros(len(samples), positions, dtype=torch.long)
    rows, labels = [], []
    for number, ids in enumerate(samples):
        inputs[number, : len(ids) - 1] = torch.tensor(ids[:-1])
        rows += range(number * positions, number * positions + len(ids) - 1)
        labels += ids[1:]
    rows, labels = torch.tensor(rows), torch.tensor(labels)
    with torch.inference_mode():
        found = program.losses(inputs.to(device), rows.to(device), labels.to(device)).double().cpu()
    return found.split([len(ids) - 1 for ids in samples])


def family(folder, name, device):
    recorded = json.loads((folder / f"{name}.json").read_text())["samples"]
    samples = [sample["ids"] for sample in recorded]
    expected = [torch.tensor(sample["losses"], dtype=torch.float64) for sample in recorded]
    config = json.loads((folder / name / "config.json").read_text())
    is_mixture = any("expert" in key for key in config)
    found = {}
    for dtype in (F32, BF16):
        program = decoder(folder, name, device, dtype)
        single = [losses(program, [ids], device)[0] for ids in samples]
        together = losses(program, samples, device)
        title = TITLES[dtype]
        found[f"{title}_mean"] = abs((torch.cat(single) - torch.cat(expected)).mean().item())
        found[f"{title}_token"] = max((a - b).abs().max().item() for a, b in zip(single, expected))
        found[f"{title}_batch"] = max((a - b).abs().max().item() for a, b in zip(single, together))
    bounds = BOUNDS | ({"bf16_mean": BF16_MEAN_OF_MIXTURES} if is_mixture else {})
    found["beyond"] = [key for key, bound in bounds.items() if not found[key] <= bound]
    return found


def header(path):
    """The tensors of a safetensors file that may end with its header, and where its data begins."""
    with path.open("rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        tensors = json.loads(file.read(size))
    tensors.pop("__metadata__", None)
    return sorted(tensors.values(), key=lambda tensor: tensor["data_offsets"][0]), 8 + size


def fill(path, device):
    """Weights from a seed, bf16: ones where a tensor has one dimension, else normal numbers."""
    tensors, start = header(path)
    if path.stat().st_size > start:
        return
    generator = torch.Generator(device).manual_seed(SEED)
    with path.open("ab") as file:
        for tensor in tensors:
            shape = tensor["shape"]
            if len(shape) == 1:
                weight = torch.ones(shape, dtype=torch.bfloat16)
            else:
                weight = torch.randn(shape, generator=generator, device=device, dtype=torch.float32)
                weight = (weight / shape[1] ** 0.5).to(torch.bfloat16).cpu()
            file.write(weight.view(torch.int16).numpy().tobytes())


def synchronised(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()


def peak_flops(device):
    size = PEAK_SIZE if device.type == "cuda" else PEAK_SIZE // 8
    a = torch.randn(size, size, device=device, dtype=torch.bfloat16)
    a @ a
    best = float("inf")
    for _ in range(5):
        begin = synchronised(device)
        a @ a
        best = min(best, synchronised(device) - begin)
    return 2 * size**3 / best


def memory(device):
    return torch.cuda.max_memory_allocated(device) if device.type == "cuda" else None


def forget(device):
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)


def timed(device, compute):
    compute()
    begin = synchronised(device)
    result = compute()
    return result, synchronised(device) - begin


def transformers_losses(model, samples, device):
    found = []
    with torch.inference_mode():
        for ids in samples:
            ids = torch.tensor(ids, device=device)
            logits = model(input_ids=ids[None, :-1]).logits[0].float()
            found.append(torch.nn.functional.cross_entropy(logits, ids[1:], reduction="none").double().cpu())
    return found


def large(folder, name, device):
    from transformers import AutoModelForCausalLM

    fill(folder / name / "model.safetensors", device)
    config = json.loads((folder / name / "config.json").read_text())
    generator = torch.Generator().manual_seed(SEED)
    # On a CPU as much as shows that the check itself works.
    count, length = (SAMPLES, TOKENS) if device.type == "cuda" else (2, 32)
    samples = torch.randint(0, config["vocab_size"], (count, length), generator=generator).tolist()
    tokens = count * (length - 1)
    forget(device)
    begin = synchronised(device)
    program = decoder(folder, name, device, BF16)
    loading = synchronised(device) - begin
    single, seconds = timed(device, lambda: [losses(program, [ids], device)[0] for ids in samples])
    together, batch_seconds = timed(device, lambda: losses(program, samples, device))
    ours = memory(device)
    del program
    forget(device)
    begin = synchronised(device)
    model = AutoModelForCausalLM.from_pretrained(folder / name, dtype=torch.bfloat16, attn_implementation="eager")
    model = model.to(device).eval()
    their_loading = synchronised(device) - begin
    parameters = sum(weight.numel() for weight in model.parameters())
    theirs, their_seconds = timed(device, lambda: transformers_losses(model, samples, device))
    rate = tokens / batch_seconds
    return {
        "parameters": parameters,
        "load_seconds": loading,
        "transformers_load_seconds": their_loading,
        "tokens_per_second_single": tokens / seconds,
        "tokens_per_second_batch": rate,
        "transformers_tokens_per_second_single": tokens / their_seconds,
        "share_of_product": 2 * parameters * rate / peak_flops(device),
        "peak_bytes": ours,
        "transformers_peak_bytes": memory(device),
        "mean_difference": abs((torch.cat(single) - torch.cat(theirs)).mean().item()),
        "batch_mean_difference": abs((torch.cat(list(together)) - torch.cat(single)).mean().item()),
        "seconds_of_400_samples_of_512_tokens": 400 * 512 / rate,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--device", required=True)
    parser.add_argument("--large", action="append", default=[], metavar="NAME")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of the families only every Nth")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder, device = options.folder.resolve(), torch.device(options.device)
    torch.backends.cuda.matmul.allow_tf32 = False
    names = sorted(path.name.removesuffix(".json") for path in folder.glob("*.json") if ".calls." not in path.name)
    result = {"device": str(device), "torch": torch.__version__, "families": {}, "large": {}}
    if device.type == "cpu":
        # Threads that spin beside another test's take ten times as long, and a CPU's speed is not what is asked.
        torch.set_num_threads(1)
    if device.type == "cuda":
        result["gpu"] = torch.cuda.get_device_name(device)
    for name in names[:: options.every]:
        result["families"][name] = found = family(folder, name, device)
        if not options.json:
            print(f"{name:24}", *(f"{key} {value:.1e}" for key, value in found.items() if key != "beyond"), flush=True)
    for name in options.large:
        result["large"][name] = large(folder, name, device)
        if not options.json:
            print(name, json.dumps(result["large"][name], indent=2), flush=True)
    beyond = {name: found["beyond"] for name, found in result["families"].items() if found["beyond"]}
    if options.json:
        print(json.dumps(result))
    if beyond or not names:
        print("beyond their bounds: " + (json.dumps(beyond) if names else "no checkpoint is there"), file=sys.stderr)
        sys.exit(1)


main()
