"""What validators do with a Python bittensor SDK of 9.x or 10.x; the request is JSON on standard input.

Both answer with a bool, a pair or an object, depending on the version; what counts is what the chain then holds.
"""

import json
import os
import sys

request = json.load(sys.stdin)
sys.argv = sys.argv[:1]  # The SDK reads arguments of its own.

import bittensor as bt  # noqa: E402

netuid = request["netuid"]
wallet = bt.Wallet(name="owner", hotkey="default", path=request["wallets"])
hotkey = wallet.hotkey.ss58_address
chain = bt.Subtensor(network=request["endpoint"])


def result(done):
    """Success and words, whichever form the version has."""
    if isinstance(done, bool):
        return {"ok": done, "words": ""}
    if isinstance(done, tuple):
        return {"ok": bool(done[0]), "words": str(done[1])}
    return {"ok": bool(done.success), "words": str(done.message)}


answer = {
    "version": bt.__version__,
    "balance": chain.get_balance(wallet.coldkeypub.ss58_address).rao,
    "register": result(chain.burned_register(wallet=wallet, netuid=netuid)),
}
commit = getattr(chain, "set_commitment", None) or chain.commit
answer["commit"] = result(commit(wallet, netuid, request["commitment"]))
answer["commitment"] = chain.get_commitment(netuid, 0)
answer["stake"] = result(
    chain.add_stake(wallet=wallet, netuid=netuid, hotkey_ss58=hotkey, amount=bt.Balance.from_tao(10))
)
answer["stakeRead"] = chain.get_stake(wallet.coldkeypub.ss58_address, hotkey, netuid).rao
answer["weights"] = result(
    chain.set_weights(
        wallet=wallet,
        netuid=netuid,
        uids=[0],
        weights=[1.0],
        wait_for_inclusion=True,
        wait_for_finalization=True,
    )
)
answer["weightsRead"] = [[uid, list(map(list, row))] for uid, row in chain.weights(netuid)]
metagraph = chain.metagraph(netuid)
answer["metagraph"] = {"n": int(metagraph.n), "hotkeys": list(metagraph.hotkeys)}
print(json.dumps(answer, default=str), flush=True)
os._exit(0)  # Some versions leave a thread that never ends.
