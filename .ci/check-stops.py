#!/usr/bin/env python3
"""Checks what `assay demo --policy assay-1 --json` printed and left: models that could not overtake were stopped."""
import json
import pathlib
import subprocess
import sys


def main(path, folder):
    demo = json.loads(pathlib.Path(path).read_text())
    models = {model["uid"]: model for model in demo["models"]}
    stopped = demo["stopped"]
    accepted = [model for model in models.values() if model["verdict"] == "ACCEPTED"]
    best = max(accepted, key=lambda model: model["weight"])

    expect(stopped, "models are stopped")
    expect(best["mean_loss"] == min(model["mean_loss"] for model in accepted), f"the best leads: {accepted}")
    expect(best["weight"] == 1, f"the leader is paid alone: {accepted}")
    page = pathlib.Path(demo["report"]).read_text()
    for stop in stopped:
        expect(0 < stop["after"] < stop["samples"], f"before the last sample: {stop}")
        expect(models[stop["uid"]]["verdict"] == "ACCEPTED", f"no fault of the model's: {stop}")
        expect(models[stop["uid"]]["weight"] == 0, f"it earns nothing: {stop}")
        said = f"stopped after {stop['after']} of {stop['samples']} samples"
        expect(said in page, f"the page says: {said}")

    bundle = pathlib.Path(folder, "bundles", demo["evaluation"])
    explained = subprocess.run(["./assay", "explain", bundle], check=True, capture_output=True, text=True).stdout
    expect(explained.count("stopped after") == len(stopped), f"explain names each: {explained}")
    replay = ["./assay", "replay", bundle, "--losses", "20", "--checkpoints", pathlib.Path(folder, "miners")]
    subprocess.run(replay, check=True)
    print(f"stops: {len(stopped)} of {len(accepted)} models, the leader is UID {best['uid']}")


def expect(holds, promise):
    if not holds:
        sys.exit(f"stops: broken promise: {promise}")


main(sys.argv[1], sys.argv[2])
