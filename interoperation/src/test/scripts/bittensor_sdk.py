"""A validator's day with the bittensor SDK; the request is JSON on standard input.

The SDK sends a registration encrypted to the author of a block (MEV shield) and follows it to where it is opened.
"""

import json
import sys
import types

import bittensor as bt
import bittensor_core

request = json.load(sys.stdin)
netuid = request["netuid"]


def wallet(coldkey, hotkey):
    def key(uri):
        return bittensor_core.Keypair.create_from_uri(uri)

    return types.SimpleNamespace(name=coldkey, coldkey=key(coldkey), coldkeypub=key(coldkey), hotkey=key(hotkey))


def result(done):
    return {"ok": done.success, "message": done.message, "error": done.message if not done.success else None,
            "block": done.block_hash, "events": [f"{each['module_id']}.{each['event_id']}" for each in done.events]}


def refusal(action):
    try:
        return result(action())
    except bt.BittensorError as error:
        return {"ok": False, "error": str(error)}


owner = wallet(request["owner"], request["ownerHotkey"])
miner = wallet(request["coldkey"], request["hotkey"])
chain = bt.Subtensor(request["endpoint"])
calls = bt.calls


def register(who):
    intent = bt.BurnedRegister(netuid=netuid, hotkey_ss58=who.hotkey.ss58_address)
    done = chain.execute(intent, who)
    return {**result(done), "shielded": done.data.get("shielded", False)}


answer = {"spec": chain.spec_version, "registerOwner": register(owner), "register": register(miner)}
answer["uid"] = chain.neurons.uid(miner.hotkey.ss58_address, netuid)

text = request["commitment"]
info = {"fields": [{f"Raw{len(text)}": "0x" + text.encode().hex()}]}
answer["commit"] = result(
    chain.submit_call(calls.Commitments.set_commitment(netuid=netuid, info=info), miner, signer="hotkey")
)
answer["commitment"] = str(chain.identity.commitment(netuid, miner.hotkey.ss58_address))

axon = request["axon"]
answer["serve"] = result(chain.execute(bt.ServeAxon(netuid=netuid, ip=axon["ip"], port=axon["port"]), miner))

weights = {uid: value for uid, value in request["weights"]}
answer["weights"] = result(chain.execute(bt.SetWeights(netuid=netuid, weights=weights), owner))
answer["weightsRead"] = chain.weights.weights(netuid)
answer["strangersWeights"] = refusal(lambda: chain.execute(bt.SetWeights(netuid=netuid, weights=weights), miner))

metagraph = chain.subnets.metagraph(netuid)
answer["metagraph"] = {
    "netuid": metagraph.netuid,
    "hotkeys": [neuron.hotkey for neuron in metagraph.neurons],
}
answer["neurons"] = [neuron.hotkey for neuron in chain.neurons.all(netuid)]
answer["hyperparameters"] = chain.subnets.subnet_hyperparameters(netuid)
answer["balance"] = str(chain.balances.get(owner.coldkey.ss58_address))

heads = []
for header in chain.blocks():
    heads.append(header.number)
    if len(heads) == 3:
        break
answer["heads"] = heads
print(json.dumps(answer, default=str))
