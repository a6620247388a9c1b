#!/usr/bin/env python3
"""Checks what two runs of `assay demo --json` with one seed printed against what the demo promises."""
import json
import pathlib
import sys


def main(path, other):
    demo = json.loads(pathlib.Path(path).read_text())
    again = json.loads(pathlib.Path(other).read_text())
    models = demo["models"]
    verdicts = [model["verdict"] for model in models]
    accepted = [model for model in models if model["verdict"] == "ACCEPTED"]

    expect(len(models) >= 6, f"at least 6 miners, not {len(models)}")
    expect(verdicts.count("DUPLICATE") == 1, f"one DUPLICATE: {verdicts}")
    expect(verdicts.count("REJECTED_CHECKPOINT") == 1, f"one REJECTED_CHECKPOINT: {verdicts}")
    expect(len(accepted) == len(models) - 2, f"every other model is scored: {verdicts}")
    for model in models:
        if model["verdict"] != "ACCEPTED":
            expect(model["weight"] == 0, f"nothing for {model}")
            expect(model["reason"] != "", f"a reason for {model}")

    best = min(accepted, key=lambda model: model["mean_loss"])
    expect(best["weight"] == max(model["weight"] for model in models), f"the best gets most: {models}")
    expect(abs(sum(model["weight"] for model in models) - 1) < 1e-3, "the weights sum to 1")
    expect(abs(sum(demo["incentive"].values()) - 1) < 1e-3, "the incentive sums to 1")
    expect(abs(sum(demo["dividends"].values()) - 1) < 1e-3, "the dividends sum to 1")
    expect(len(demo["dividends"]) >= 3, "at least 3 validators earn dividends")
    expect(demo["incentive"][str(best["uid"])] == max(demo["incentive"].values()), "Yuma agrees")
    origin = demo["origin"]
    expect(len(origin["asked"]) >= 2 and min(origin["asked"].values()) > 0, f"each validator asks: {origin}")
    expect(min(origin["answered"].values()) > 0, f"each miner answers: {origin}")
    for earned in ("incentive", "dividends"):
        expect(abs(sum(origin[earned].values()) - 1) < 1e-3, f"subnet {origin['netuid']} has its epoch: {origin}")
        expect(min(origin[earned].values()) > 0, f"everybody there earns something: {origin}")
    expect(origin == again["origin"], "the same seed: the same samples")
    expect(pathlib.Path(demo["report"]).is_file(), "the report page is there")
    expect(pathlib.Path(demo["leaderboard"]).is_file(), "the leaderboard is there")

    for one, two in zip(models, again["models"], strict=True):
        same = {"uid", "repository", "verdict", "weight"}
        expect(all(one[key] == two[key] for key in same), f"the same seed: {one} and {two}")
        if one["mean_loss"] is not None:
            expect(abs(one["mean_loss"] - two["mean_loss"]) < 1e-5, f"the same losses: {one} and {two}")
    print(f"demo: {len(accepted)} models scored, the best is UID {best['uid']} with {best['weight']:.1%}")


def expect(holds, promise):
    if not holds:
        sys.exit(f"demo: broken promise: {promise}")


main(sys.argv[1], sys.argv[2])
