"""The bytes of calls as the bittensor SDK builds them on a runtime's metadata. Request: JSON on standard input."""

import json
import sys

import bittensor as bt
import bittensor_core

request = json.load(sys.stdin)
runtime = bittensor_core.Runtime(bytes.fromhex(request["metadata"]), request["spec"], 1, 42)
netuid, hotkey, amount, limit = request["netuid"], request["hotkey"], request["amount"], request["limit"]
text = request["commitment"]
module = bt.calls.SubtensorModule
calls = {
    "burnedRegister": module.burned_register(netuid=netuid, hotkey=hotkey),
    "registerLimit": module.register_limit(netuid=netuid, hotkey=hotkey, limit_price=limit),
    "addStake": module.add_stake(hotkey=hotkey, netuid=netuid, amount_staked=amount),
    "addStakeLimit": module.add_stake_limit(
        hotkey=hotkey, netuid=netuid, amount_staked=amount, limit_price=limit, allow_partial=False
    ),
    "removeStake": module.remove_stake(hotkey=hotkey, netuid=netuid, amount_unstaked=amount),
    "removeStakeLimit": module.remove_stake_limit(
        hotkey=hotkey, netuid=netuid, amount_unstaked=amount, limit_price=limit, allow_partial=False
    ),
    "setCommitment": bt.calls.Commitments.set_commitment(
        netuid=netuid, info={"fields": [{f"Raw{len(text)}": "0x" + text.encode().hex()}]}
    ),
    "transfer": bt.calls.Balances.transfer_keep_alive(dest=hotkey, value=amount),
}
print(json.dumps({name: bytes(runtime.compose_call(*call)).hex() for name, call in calls.items()}))
