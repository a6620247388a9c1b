"""Reads wallets that Java wrote and writes wallets for it, with bittensor-wallet and bittensor-core; request on stdin."""

import json
import os
import sys

import bittensor_core
from bittensor_wallet import Keypair, Wallet

request = json.load(sys.stdin)
message = bytes.fromhex(request["message"])


def wallet(name):
    return Wallet(name=name, hotkey="default", path=request["root"])


def describe(pair):
    return {"address": pair.ss58_address, "signature": pair.sign(message).hex()}


# What Java wrote, plain and encrypted.
theirs = wallet(request["plain"])
locked = wallet(request["encrypted"])
read = {
    "coldkey": describe(theirs.get_coldkey()),
    "hotkey": describe(theirs.get_hotkey()),
    "coldkeypub": theirs.get_coldkeypub().ss58_address,
    "encrypted": describe(locked.get_coldkey(password=request["password"])),
    "core": bittensor_core.deserialize_keypair_from_keyfile_data(
        open(os.path.join(request["root"], request["plain"], "hotkeys", "default"), "rb").read()
    ).ss58_address,
}

# What Java is to read.
phrase = request["mnemonic"]
mine = wallet("python-plain")
mine.set_coldkey(Keypair.create_from_mnemonic(phrase), encrypt=False)
mine.set_coldkeypub(Keypair.create_from_mnemonic(phrase))
mine.set_hotkey(Keypair.create_from_uri("//Alice"), encrypt=False)
sealed = wallet("python-encrypted")
sealed.set_coldkey(Keypair.create_from_mnemonic(phrase), encrypt=True, coldkey_password=request["password"])

print(json.dumps({"read": read, "wrote": {"coldkey": describe(Keypair.create_from_mnemonic(phrase))}}))
