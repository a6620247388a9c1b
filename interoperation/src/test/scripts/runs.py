"""Logs runs as validators of subnet 18 did, with wandb's own client; the request is JSON on standard input."""

import json
import sys

import wandb

request = json.load(sys.stdin)
for run in request["runs"]:
    logged = wandb.init(
        entity="cortex-t",
        project="multi-modality",
        id=run["id"],
        config={"type": "validator", "hotkey": run["hotkey"]},
        settings=wandb.Settings(console="off", x_disable_stats=True, x_disable_meta=True, disable_git=True),
        dir=request["folder"],
    )
    # The id is signed once it is known.
    logged.config.update({"signature": run["signature"]})
    for step in range(run["steps"]):
        prompts = {str(uid): f"What is {step} times {uid}?" for uid in range(run["uids"])}
        responses = {str(uid): f"It is {step * uid}." for uid in range(run["uids"])}
        logged.log({"modality": "text", "prompts": prompts, "responses": responses})
    logged.finish()
print(json.dumps({"version": wandb.__version__}))
