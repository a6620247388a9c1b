"""Timelock ciphertexts made and opened with bittensor-drand and bittensor-core; request on standard input."""

import json
import sys
import time

import bittensor_core
import bittensor_drand

request = json.load(sys.stdin)
signature, period, genesis, target = (request[key] for key in ("signature", "period", "genesis", "round"))
SCHEDULE = request["schedule"]
PAYLOAD = dict(
    uids=request["uids"],
    weights=request["weights"],
    version_key=request["version_key"],
    hotkey=bytes.fromhex(request["hotkey"]),
)


def commit(library, block_time):
    blob, reveal_round = library.get_encrypted_commit_v2(block_time=block_time, **SCHEDULE, **PAYLOAD)
    return {"commit": blob.hex(), "round": reveal_round}


def past_commit(library):
    """A commit to a round whose signature is known: the block time is negative by just as much as it takes."""
    trial = library.get_encrypted_commit_v2(block_time=6000.0, **SCHEDULE, **PAYLOAD)[1]
    blocks = round((trial * period + genesis - time.time()) / 6000.0)
    return commit(library, (genesis + target * period + period / 2 - time.time()) / blocks)


libraries = {"bittensor-drand": bittensor_drand, "bittensor-core": bittensor_core}
print(
    json.dumps(
        {
            name: {
                "ciphertext": library.encrypt_at_round(bytes.fromhex(request["plaintext"]), target)[0].hex(),
                "past": past_commit(library),
                "now": commit(library, 12.0),
                "time": time.time(),
                "opened": library.decrypt_with_signature(bytes.fromhex(request["envelope"]), signature).hex(),
            }
            for name, library in libraries.items()
        }
    )
)
