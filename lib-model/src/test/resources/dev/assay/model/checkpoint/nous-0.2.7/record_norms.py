"""Records which norms finetuning-subnet 0.2.7 accepts. Usage: record_norms.py CLONE OUTPUT. See README.md."""

import ast
import math
import random
import statistics
import subprocess
import sys
import types

import torch

REVISION = "e2f5eb6373a417fc7c03e38adbc6cf145670ab58"
CLONE, OUTPUT = sys.argv[1:]
ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
MLP = ("up_proj", "down_proj")


def source(path):
    return subprocess.check_output(["git", "-C", CLONE, "show", f"{REVISION}:{path}"], text=True)


check = next(
    node
    for node in ast.walk(ast.parse(source("model/model_updater.py")))
    if isinstance(node, ast.FunctionDef) and node.name == "_validate_parameters"
)
check.decorator_list = []
names = {"statistics": statistics}
exec(compile(ast.Module([check], []), "original", "exec"), names)

limits = {}
for node in ast.parse(source("constants/__init__.py")).body:
    if isinstance(node, ast.Assign) and node.targets[0].id.startswith("norm_eps"):
        limits[node.targets[0].id] = node.value.value


def accepts(layers):
    def tensors(kinds, norms):
        return {
            kind: types.SimpleNamespace(weight=torch.tensor([norm], dtype=torch.float64))
            for kind, norm in zip(kinds, norms)
        }

    model = types.SimpleNamespace(
        model=types.SimpleNamespace(
            layers=[
                types.SimpleNamespace(
                    self_attn=types.SimpleNamespace(**tensors(ATTENTION, norms[:4])),
                    mlp=types.SimpleNamespace(**tensors(MLP, norms[4:])),
                )
                for norms in layers
            ]
        )
    )
    return names["_validate_parameters"](
        model,
        limits["norm_eps_soft"],
        limits["norm_eps_soft_percent_threshold"],
        limits["norm_eps_hard"],
    )


LINES = []


def case(layers):
    verdict = "ACCEPTED" if accepts(layers) else "REJECTED"
    LINES.append(" ".join([verdict, *(text(norm) for norms in layers for norm in norms)]))


def text(number):
    return {math.inf: "Infinity"}.get(number, "NaN" if math.isnan(number) else repr(number))


def layers(above, value=200.5, count=20):
    """Of 6 * count tensors the first ones are above the soft limit."""
    flat = [value if i < above else 50.0 for i in range(6 * count)]
    return [flat[i : i + 6] for i in range(0, len(flat), 6)]


for above in (0, 1, 17, 18, 19, 120):
    case(layers(above))
case(layers(120, 200.0))
for norm in (1000.0, 1000.0000001, 1e300, math.inf, math.nan):
    case([[norm, 1.0, 1.0, 1.0, 1.0, 1.0]] + layers(0, count=19))
case(layers(6, 999.0, 7))
chance = random.Random(27)
for _ in range(20):
    case([[chance.lognormvariate(4.1, 1.0) for _ in range(6)] for _ in range(10)])

with open(OUTPUT, "w") as file:
    file.write("\n".join(LINES) + "\n")
