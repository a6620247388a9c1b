"""A validator's day with async-substrate-interface; the request is JSON on standard input."""

import json
import sys

from async_substrate_interface.sync_substrate import SubstrateInterface
from bittensor_wallet import Keypair

request = json.load(sys.stdin)
netuid = request["netuid"]


def pair(uri):
    return Keypair.create_from_uri(uri)


def plain(value):
    return getattr(value, "value", value)


with SubstrateInterface(url=request["endpoint"], ss58_format=42) as chain:

    def send(module, function, parameters, uri):
        call = chain.compose_call(module, function, parameters)
        extrinsic = chain.create_signed_extrinsic(call, pair(uri), era={"period": 64})
        receipt = chain.submit_extrinsic(extrinsic, wait_for_inclusion=True)
        return {
            "ok": receipt.is_success,
            "block": receipt.block_hash,
            "error": None if receipt.is_success else receipt.error_message["name"],
            "events": [f"{event['module_id']}.{event['event_id']}" for event in receipt.triggered_events],
        }

    def query(module, item, *parameters):
        return plain(chain.query(module, item, list(parameters)))

    owner_hotkey, hotkey = pair(request["ownerHotkey"]), pair(request["hotkey"])
    answer = {"genesis": chain.get_block_hash(0), "properties": chain.properties, "name": chain.chain}

    register = {"netuid": netuid, "hotkey": owner_hotkey.ss58_address}
    answer["registerOwner"] = send("SubtensorModule", "burned_register", register, request["owner"])
    register["hotkey"] = hotkey.ss58_address
    answer["register"] = send("SubtensorModule", "burned_register", register, request["coldkey"])
    answer["uid"] = query("SubtensorModule", "Uids", netuid, hotkey.ss58_address)

    text = request["commitment"].encode()
    # A bounded vector is a tuple of one list in this client.
    fields = [[{f"Raw{len(text)}": text}]]
    commitment = {"netuid": netuid, "info": {"fields": fields}}
    answer["commit"] = send("Commitments", "set_commitment", commitment, request["hotkey"])
    stored = query("Commitments", "CommitmentOf", netuid, hotkey.ss58_address)
    answer["stored"] = str(stored["info"])

    axon = {"version": 1, "ip": request["axon"]["number"], "port": request["axon"]["port"], "ip_type": 4}
    unused = {"protocol": 4, "placeholder1": 0, "placeholder2": 0}
    answer["serve"] = send("SubtensorModule", "serve_axon", {"netuid": netuid, **axon, **unused}, request["hotkey"])
    served = query("SubtensorModule", "Axons", netuid, hotkey.ss58_address)
    answer["axon"] = {"ip": str(served["ip"]), "port": served["port"]}

    weights = {
        "netuid": netuid,
        "mecid": 0,
        "dests": [uid for uid, _ in request["weights"]],
        "weights": [value for _, value in request["weights"]],
        "version_key": 0,
    }
    answer["strangersWeights"] = send("SubtensorModule", "set_mechanism_weights", weights, request["hotkey"])
    answer["weights"] = send("SubtensorModule", "set_mechanism_weights", weights, request["ownerHotkey"])
    owner_uid = query("SubtensorModule", "Uids", netuid, owner_hotkey.ss58_address)
    answer["weightsRead"] = [list(pair) for pair in query("SubtensorModule", "Weights", netuid, owner_uid)]
    answer["keys"] = [
        [plain(uid), plain(account)] for uid, account in chain.query_map("SubtensorModule", "Keys", [netuid])
    ]

    # The root may turn commit-reveal on; from then on weights go by timelocked commits.
    admin = {"netuid": netuid, "enabled": True}
    inner = chain.compose_call("AdminUtils", "sudo_set_commit_reveal_weights_enabled", admin)
    answer["commitRevealOn"] = send("Sudo", "sudo", {"call": inner}, request["owner"])
    hidden = {"netuid": netuid, "mecid": 0, "commit": request["timelocked"]["commit"], "commit_reveal_version": 4}
    hidden["reveal_round"] = request["timelocked"]["round"]
    answer["timelocked"] = send(
        "SubtensorModule", "commit_timelocked_mechanism_weights", hidden, request["ownerHotkey"]
    )
    # Bytes that are text come as text in this client.
    answer["commits"] = [
        {"account": account, "commit": "0x" + commit.encode().hex(), "round": reveal_round}
        for _, commits in chain.query_map("SubtensorModule", "TimelockedWeightCommits", [netuid])
        for account, _, commit, reveal_round in plain(commits)
    ]

    metagraph = plain(chain.runtime_call("SubnetInfoRuntimeApi", "get_metagraph", [netuid]))
    answer["metagraph"] = {"netuid": metagraph["netuid"], "tempo": metagraph["tempo"], "hotkeys": metagraph["hotkeys"]}
    parameters = plain(chain.runtime_call("SubnetInfoRuntimeApi", "get_subnet_hyperparams_v2", [netuid]))
    answer["hyperparameters"] = {"kappa": parameters["kappa"], "tempo": parameters["tempo"]}
    answer["deposit"] = plain(chain.get_constant("Balances", "ExistentialDeposit"))
    block = chain.get_block(block_hash=answer["weights"]["block"])
    answer["decodedCalls"] = [
        f"{each.value['call']['call_module']}.{each.value['call']['call_function']}" for each in block["extrinsics"]
    ]

    heads = []

    def watch(block):
        number = block["header"]["number"]
        heads.append({"number": number, "parent": block["header"]["parentHash"]})
        return True if len(heads) == 4 else None

    chain.subscribe_block_headers(watch)
    answer["heads"] = [{**head, "hash": chain.get_block_hash(head["number"])} for head in heads]

print(json.dumps(answer, default=str))
