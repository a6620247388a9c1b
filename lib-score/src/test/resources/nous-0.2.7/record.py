"""Records what finetuning-subnet 0.2.7 answers. Usage: record.py CLONE OUTPUT. See README.md."""

import ast
import math
import random
import subprocess
import sys
import types
import typing
from collections import defaultdict

import torch

REVISION = "e2f5eb6373a417fc7c03e38adbc6cf145670ab58"
CLONE, OUTPUT = sys.argv[1:]


def source(path):
    return subprocess.check_output(["git", "-C", CLONE, "show", f"{REVISION}:{path}"], text=True)


def run(nodes, names):
    exec(compile(ast.Module(nodes, []), "original", "exec"), names)
    return names


constants = types.SimpleNamespace()
for node in ast.parse(source("constants/__init__.py")).body:
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
        setattr(constants, node.targets[0].id, node.value.value)

validation = [
    node
    for node in ast.parse(source("finetune/validation.py")).body
    if isinstance(node, ast.FunctionDef) and node.name in ("iswin", "compute_wins")
]
compute_wins = run(validation, {"typing": typing, "constants": constants})["compute_wins"]

# The parts of run_step that need no model: its duplicate check, and all from the wins to the kept set.
validator = source("neurons/validator.py")
run_step = next(
    node
    for node in ast.walk(ast.parse(validator))
    if isinstance(node, ast.AsyncFunctionDef) and node.name == "run_step"
).body


def position(text, start=0):
    return next(
        i
        for i, node in enumerate(run_step)
        if i >= start and text in (ast.get_source_segment(validator, node) or "")
    )


DUPLICATES = run_step[position("model_i_metadata.id.hash == other_metadata.id.hash")]
FIRST = position("compute_wins")
REST = run_step[FIRST : position("sample_min", FIRST + 1) + 1]


def thing(**values):
    return types.SimpleNamespace(**values)


def step(state, models, share, competitions):
    uids = [model["uid"] for model in models]
    by_hotkey = {f"h{model['uid']}": model for model in models}

    def metadata(hotkey):
        model = by_hotkey[hotkey]
        digest = model["digest"]
        return None if digest is None else thing(block=model["block"], id=thing(hash=digest))

    validator_self = thing(
        metagraph=thing(hotkeys={uid: f"h{uid}" for uid in uids}, S=torch.zeros_like(state)),
        model_tracker=thing(get_model_metadata_for_miner_hotkey=metadata),
        weights=state.clone(),
        config=thing(sample_min=5),
        uids_to_eval={},
    )
    names = {
        "uids": uids,
        "self": validator_self,
        "typing": typing,
        "bt": thing(logging=thing(debug=lambda *_: None)),
        "uid_to_hotkey_and_model_metadata": {},
    }
    settled = run([DUPLICATES], names)["uid_to_hotkey_and_model_metadata"]
    blocks = defaultdict(lambda: math.inf)
    losses = {}
    for model in models:
        kept = settled[model["uid"]][1] is not None
        losses[model["uid"]] = model["losses"] if kept else []
        if kept:
            blocks[model["uid"]] = model["block"]
    constants.COMPETITION_SCHEDULE = [None] * competitions
    names = {
        "ft": thing(validation=thing(compute_wins=compute_wins)),
        "torch": torch,
        "uids": uids,
        "losses_per_uid": losses,
        "uid_to_block": blocks,
        "self": validator_self,
        "constants": constants,
        "competition_parameters": thing(reward_percentage=share, competition_id="x"),
    }
    run(REST, names)
    expected = thing(
        wins=[names["wins"][uid] for uid in uids],
        win_rate=[names["win_rate"][uid] for uid in uids],
        step=names["step_weights"].tolist(),
        weights=validator_self.weights.tolist(),
        kept=sorted(validator_self.uids_to_eval["x"]),
        duplicates=[uid for uid in uids if settled[uid][1] is None],
    )
    return expected, validator_self.weights


def text(number):
    return {math.inf: "Infinity"}.get(number, "NaN" if math.isnan(number) else repr(number))


LINES = []


def case(name, size, *steps):
    LINES.append(f"case {name}")
    state = torch.zeros(size)
    for models, share, competitions in steps:
        expected, state = step(state, models, share, competitions)
        LINES.append(f"step {share} {competitions}")
        for model in models:
            words = ["model", model["uid"], model["block"], model["digest"] or "-"]
            LINES.append(" ".join(map(str, words + [text(loss) for loss in model["losses"]])))
        for i, model in enumerate(models):
            words = ["expect", model["uid"], expected.wins[i]]
            LINES.append(
                " ".join(map(str, words + [expected.win_rate[i], expected.step[i]]))
            )
        for name_of in ("weights", "kept", "duplicates"):
            LINES.append(" ".join([name_of, *map(str, getattr(expected, name_of))]))


chance = random.Random(2027)
BASE = [chance.lognormvariate(0.5, 0.5) for _ in range(40)]


def model(uid, block, quality, count=40, digest=None, noise=0.15):
    losses = [max(0.01, loss * quality * (1 + chance.gauss(0, noise))) for loss in BASE[:count]]
    return {"uid": uid, "block": block, "digest": digest or f"d{uid}", "losses": losses}


def junk(value, count=3):
    return [
        {"uid": 5 + i, "block": 400 + i, "digest": f"j{i}", "losses": [value] * 40}
        for i in range(count)
    ]


honest = [model(i, 100 + 37 * i, 1 - 0.01 * i) for i in range(5)]
case("five honest models", 8, (honest, 1.0, 1))
plain = [model(0, 50, 1, noise=0), model(1, 50, 1, noise=0), model(2, 51, 0.995, noise=0)]
case("equal blocks have no advantage", 4, (plain, 1.0, 1))
case("infinite losses are matches", 10, (honest + junk(math.inf), 1.0, 1))
case("NaN losses are matches that nobody wins", 10, (honest + junk(math.nan), 1.0, 1))
without = {"uid": 6, "block": 10, "digest": "x6", "losses": []}
case("a model without losses is paid e^0", 8, (honest + [without], 1.0, 1))
copies = [model(1, 300, 1, digest="s"), model(2, 200, 1, digest="s"), model(3, 250, 1, digest="s")]
case("duplicates keep the earliest", 6, (copies + [model(4, 220, 0.97)], 1.0, 1))
copies = [model(1, 300, 1, digest="s"), model(2, 300, 1, digest="s"), model(3, 310, 1)]
case("duplicates of one block keep the first", 6, (copies, 1.0, 1))
lengths = [model(0, 10, 1), model(1, 20, 0.99, 25), model(2, 30, 0.98, 33)]
case("different lengths compare the common part", 4, (lengths, 1.0, 1))
nobody = [{"uid": i, "block": i + 1, "digest": None, "losses": []} for i in range(2)]
case("nobody has losses", 3, (nobody, 1.0, 1))
l3 = [model(i, 100 + i, 1 - 0.015 * i, 30) for i in range(4)]
s1 = [model(4 + i, 100 - i, 1 + 0.01 * i, 30) for i in range(3)]
case("alternating competitions", 8, *[(l3, 0.6, 2), (s1, 0.4, 2)] * 6)
many = [model(i, 1000 - 13 * i if i % 3 else 500, 1 - 0.004 * i, 24) for i in range(14)]
case("fourteen models keep five", 16, (many, 1.0, 1), (many[:9], 1.0, 1))

with open(OUTPUT, "w") as file:
    file.write("\n".join(LINES) + "\n")
