"""A trained model goes round: miners fine-tune SmolLM2-135M-Instruct, and a validator pays the best.

usage: trained_round.py FOLDER [--assay COMMAND] [--seed N] [--short]

On a localnet in FOLDER, whose subnet 18 asks and answers, the model is published as the base of subnet 6's competition.
Three miners train it with assay train on samples of the feed so far, each in another way; a fourth publishes it
unchanged, a fifth copies the best. A validator takes newer samples, evaluates, and sets weights; an epoch later
consensus pays. COMMAND is the launcher, ./assay unless told.

The whole takes half an hour on two cores. --short takes a random model of three million parameters, with the same
tokenizer, and a few steps: it shows that everything fits together.

Leaves FOLDER/round.json and FOLDER/round.md with every figure, and each run's curve in FOLDER/NAME.png. Fails if the
best on newer samples doesn't earn most, if the unchanged model isn't behind every trained one, or if the copy earns
anything.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request

import torch
import trained_models
from transformers import LlamaConfig, LlamaForCausalLM

# Blocks between two epochs, and of a window.
TEMPO = 20
PER_BLOCK = 16
# Blocks whose samples miners train on.
OLDER = {False: 60, True: 20}
HELD_OUT = {False: 12, True: 4}
SAMPLES = {False: 24, True: 8}

# By name: what assay train is told, its learning rate and steps, and the share of older samples to learn from.
MINERS = {
    "adapter": ("--lora-rank 16", 5e-4, 40, 1.0),
    "whole": ("", 5e-5, 24, 1.0),
    "brief": ("--lora-rank 4 --lora-targets query,value --dtype bf16", 2e-4, 12, 0.25),
}
BATCH_TOKENS = 256
STEPS_OF_SHORT = 6
RATE_OF_SHORT = 1e-2
UNCHANGED, COPY = "unchanged", "copy"

COMPETITIONS = """\
competition_of_old_commitments: r1

eras:
  - from_block: 0
    competitions:
      - id: r1
        families: [llama]
        min_parameters: 0
        max_parameters: 150000000
        max_size: 1GiB
        tokenizer: {base}
        template: chatml
        sequence_length: 512
        samples: {samples}
        dtype: f32
        norms: {{soft: 200, soft_share: 0.15, hard: 1000}}
        base: {base}
        reward_share: 1.0
        policy: nous-0.2.7-ranked
"""


def small(like, folder):
    """A random model with another's tokenizer."""
    torch.manual_seed(1)
    words = json.loads((like / "config.json").read_text())["vocab_size"]
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = LlamaConfig(vocab_size=words, tie_word_embeddings=True, max_position_embeddings=2048, **sizes)
    LlamaForCausalLM(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(like / name, folder)


class Round:
    def __init__(self, folder, command, seed, short):
        self.folder = folder
        self.command = shlex.split(command)
        self.seed = seed
        self.short = short
        self.seconds = {}
        self.environment = os.environ | {"ASSAY_HUB_TOKEN": "localnet"}

    def assay(self, *words):
        """What a command prints as JSON; it must have done something."""
        words = [str(word) for word in words]
        done = subprocess.run(
            [*self.command, *words, "--json"], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True
        )
        if done.returncode != 0:
            sys.exit(f"trained_round: assay {shlex.join(words)} ended with {done.returncode}:\n{done.stdout}")
        return json.loads(done.stdout)

    @contextlib.contextmanager
    def stage(self, name):
        print(name, flush=True)
        begin = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - begin

    @contextlib.contextmanager
    def localnet(self):
        words = ["localnet", "up", "--data", self.folder / "localnet", "--feed-netuid", 18, "--block-time", 0]
        words += ["--tempo", TEMPO, "--samples-per-block", PER_BLOCK, "--seed", self.seed, "--json"]
        words = [*self.command, *(str(word) for word in words)]
        process = subprocess.Popen(words, cwd=self.folder, stdout=subprocess.PIPE, text=True)
        try:
            line = process.stdout.readline()
            if not line:
                sys.exit("trained_round: the localnet did not start")
            yield json.loads(line)
        finally:
            process.terminate()
            process.wait(60)

    def run(self):
        with self.localnet() as self.services:
            with self.stage("the base model"):
                model = self.base()
            with self.stage("registrations"):
                uids = self.register()
            with self.stage("older samples"):
                older = self.older()
            trained = {}
            for name in MINERS:
                with self.stage(f"{name} trains"):
                    trained[name] = self.train(name, older)
            with self.stage("publications and commitments"):
                best = min(trained, key=lambda name: trained[name]["best_loss"])
                folders = {name: self.folder / name for name in MINERS} | {UNCHANGED: model, COPY: self.folder / best}
                for name, checkpoint in folders.items():
                    self.commit(name, checkpoint)
            with self.stage("the evaluation"):
                evaluation = self.evaluate()
            with self.stage("weights and consensus"):
                self.assay("submit", "--evaluation", "latest", *self.configured())
                self.advance(self.head() + 2 * TEMPO + 1)
                neurons = self.assay("metagraph", *self.configured())["neurons"]
                # In the chain's units, of which 65,535 are all of it.
                incentive = {neuron["uid"]: neuron["incentive"] / 65535 for neuron in neurons}
        return self.result(best, trained, uids, evaluation, incentive)

    def configured(self):
        return ["--config", self.folder / "assay.yaml"]

    def rpc(self, method, *parameters):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode()
        request = urllib.request.Request(self.services["chain"], body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["result"]

    def head(self):
        return int(self.rpc("chain_getHeader")["number"], 16)

    def advance(self, block):
        while self.head() < block:
            self.rpc("engine_createBlock", True, True)

    def base(self):
        """Publishes the model, and writes the rules that name it."""
        model = self.folder / "base"
        if not model.exists():
            models = pathlib.Path(os.environ.get("ASSAY_MODELS") or pathlib.Path.home() / ".cache/assay/models")
            trained_models.main("smollm2", models)
            if self.short:
                small(models / "smollm2/model", model)
            else:
                shutil.copytree(models / "smollm2/model", model)
        settings = pathlib.Path(self.services["configuration"]).read_text()
        # Definitions may contain what a chat model should not say.
        settings = settings.replace("near_duplicates:", 'phrases: "none"\n    near_duplicates:')
        settings += "spark: {executors: 2, executor_memory: 512MiB}\n"
        settings += f"submit: {{wallets: {self.folder / 'wallets'}, wallet: validator}}\n"
        (self.folder / "assay.yaml").write_text(settings)
        # The rules name the base, which isn't there yet.
        self.assay("localnet", "fund", "--wallet", "base", *self.configured())
        receipt = self.publish("base", model)
        named = f"localnet/base@{receipt['revision']}"
        rules = COMPETITIONS.format(base=named, samples=SAMPLES[self.short])
        (self.folder / "competitions-round.yaml").write_text(rules)
        settings = settings.replace("competitions-demo.yaml", "competitions-round.yaml")
        (self.folder / "assay.yaml").write_text(settings)
        self.base_name = named
        return model

    def publish(self, name, checkpoint):
        words = ["--repository", f"localnet/{name}", "--competition", "r1", "--wallet", name, *self.configured()]
        return self.assay("publish", checkpoint, *words)

    def register(self):
        self.assay("localnet", "stake", "--wallet", "validator", "--amount", 1000, *self.configured())
        names = [*MINERS, UNCHANGED, COPY]
        return {name: self.assay("localnet", "register", "--wallet", name, *self.configured())["uid"] for name in names}

    def older(self):
        """The feed's lines so far."""
        self.advance(OLDER[self.short])
        lines, block = [], 1
        while block:
            address = f"{self.services['feed']}/samples?from_block={block}&to_block={OLDER[self.short]}"
            with urllib.request.urlopen(address, timeout=60) as answer:
                lines += answer.read().decode().splitlines()
                block = int(answer.headers.get("Feed-Next-Block") or 0)
        return lines

    def train(self, name, older):
        words, rate, steps, share = MINERS[name]
        if self.short:
            rate, steps = RATE_OF_SHORT, STEPS_OF_SHORT
        samples = self.folder / f"{name}.jsonl"
        samples.write_text("\n".join(older[-round(len(older) * share) :]) + "\n")
        trained = self.assay(
            "train", "--from", self.base_name, "--samples", samples, "--template", "chatml", "--out", name,
            "--hold-out", HELD_OUT[self.short], "--evaluate-every", max(1, steps // 4), "--batch-tokens", BATCH_TOKENS,
            "--learning-rate", rate, "--steps", steps, *words.split(), *self.configured()
        )
        shutil.copy(self.folder / f"{name}.run" / "loss.png", self.folder / f"{name}.png")
        return trained

    def commit(self, name, checkpoint):
        # A receipt lies beside each checkpoint, so each publishes a folder of its own.
        own = self.folder / "published" / name
        shutil.copytree(checkpoint, own, copy_function=os.link)
        self.publish(name, own)
        self.assay("commit", own, "--wallet", name, *self.configured())

    def evaluate(self):
        window = (self.head() // TEMPO + 2) * TEMPO
        self.advance(window)
        self.assay("snapshot", "--from-block", window - TEMPO, *self.configured())
        return self.assay("evaluate", "--no-submit", *self.configured())

    def result(self, best, trained, uids, evaluation, incentive):
        rows = []
        models = {model["uid"]: model for model in evaluation["models"]}
        for name, uid in uids.items():
            model = models[uid]
            run = trained.get(name)
            rows.append(
                {
                    "miner": name,
                    "samples": run["samples"] if run else 0,
                    "seconds": run["seconds"] if run else 0,
                    "peak_memory_mb": run["peak_memory_mb"] if run else 0,
                    "held_out": [run["start_loss"], run["best_loss"], run["best_step"]] if run else [],
                    "verdict": model["verdict"],
                    "reason": model["reason"],
                    "mean_loss": model["mean_loss"],
                    "win_rate": model["win_rate"],
                    "weight": model["weight"],
                    "incentive": incentive[uid],
                }
            )
        return {
            "seed": self.seed,
            "short": self.short,
            "copied": best,
            "evaluation": evaluation["evaluation"],
            "samples": evaluation["samples"],
            "seconds": self.seconds,
            "miners": rows,
        }


def table(result):
    lines = ["| miner | verdict | mean loss | win rate | weight | incentive |", "|---|---|---|---|---|---|"]
    for row in result["miners"]:
        loss = "–" if row["mean_loss"] is None else f"{row['mean_loss']:.4f}"
        shares = " | ".join(f"{100 * row[key]:.2f} %" for key in ("win_rate", "weight", "incentive"))
        lines.append(f"| {row['miner']} | `{row['verdict']}` | {loss} | {shares} |")
    lines += ["", "| miner | samples | held-out loss before, best | after step | time, s | peak memory, MB |"]
    lines.append("|---|---|---|---|---|---|")
    for row in result["miners"]:
        if row["held_out"]:
            before, best, step = row["held_out"]
            memory = f"{row['peak_memory_mb']:,.0f}"
            lines.append(
                f"| {row['miner']} | {row['samples']:,} | {before:.4f}, {best:.4f} | {step} | {row['seconds']:.0f}"
                f" | {memory} |"
            )
    lines += ["", "| stage | s |", "|---|---|"]
    lines += [f"| {name} | {seconds:.0f} |" for name, seconds in result["seconds"].items()]
    return "\n".join(lines) + "\n"


def wrong(result):
    """What is not as the rules say."""
    rows = {row["miner"]: row for row in result["miners"]}
    accepted = [row for row in result["miners"] if row["verdict"] == "ACCEPTED"]
    best = min(accepted, key=lambda row: row["mean_loss"])
    if not result["short"] and any(rows[name]["verdict"] != "ACCEPTED" for name in [*MINERS, UNCHANGED]):
        yield "a model of its own is not accepted"
    if best["weight"] < max(row["weight"] for row in result["miners"]):
        yield f"{best['miner']} has the lowest loss and not the highest weight"
    if best["incentive"] < max(row["incentive"] for row in result["miners"]):
        yield f"{best['miner']} has the lowest loss and not the highest incentive"
    if not result["short"] and any(rows[UNCHANGED]["mean_loss"] <= rows[name]["mean_loss"] for name in MINERS):
        yield "the unchanged model is not behind every trained one"
    if rows[COPY]["verdict"] != "DUPLICATE" or rows[COPY]["weight"] > 0 or rows[COPY]["incentive"] > 0:
        yield "the copy is not a duplicate that earns nothing"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--assay", default=str(pathlib.Path(__file__).resolve().parents[4] / "assay"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    result = Round(folder, arguments.assay, arguments.seed, arguments.short).run()
    (folder / "round.json").write_text(json.dumps(result, indent=1) + "\n")
    (folder / "round.md").write_text(table(result))
    print(table(result))
    failures = list(wrong(result))
    if failures:
        sys.exit("trained_round: " + "; ".join(failures))


if __name__ == "__main__":
    main()
