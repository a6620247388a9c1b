"""Reads wallets that Java wrote and writes wallets for it, with bittensor-wallet and bittensor-core. Request: stdin."""

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
with open(os.path.join(request["root"], request["encrypted"], "coldkey"), "rb") as file:
    sealed_by_java = file.read()
read["form"] = bittensor_core.keyfile_data_encryption_method(sealed_by_java)
read["core_encrypted"] = bittensor_core.deserialize_keypair_from_keyfile_data(
    bittensor_core.decrypt_keyfile_data(sealed_by_java, request["password"])
).ss58_address
try:
    bittensor_core.decrypt_keyfile_data(sealed_by_java, "wrong")
    read["wrong_password"] = "opened"
except bittensor_core.WrongPasswordError:
    read["wrong_password"] = "refused"

# What Java is to read.
phrase = request["mnemonic"]
mine = wallet("python-plain")
mine.set_coldkey(Keypair.create_from_mnemonic(phrase), encrypt=False)
mine.set_coldkeypub(Keypair.create_from_mnemonic(phrase))
mine.set_hotkey(Keypair.create_from_uri("//Alice"), encrypt=False)
sealed = wallet("python-encrypted")
sealed.set_coldkey(Keypair.create_from_mnemonic(phrase), encrypt=True, coldkey_password=request["password"])
sealed.set_hotkey(Keypair.create_from_uri("//Alice"), encrypt=True, hotkey_password=request["password"])
core_file = os.path.join(request["root"], "core-encrypted", "coldkey")
os.makedirs(os.path.dirname(core_file))
with open(os.open(core_file, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
    pair = bittensor_core.Keypair.create_from_mnemonic(phrase)
    plain = bittensor_core.serialized_keypair_to_keyfile_data(pair)
    file.write(bittensor_core.encrypt_keyfile_data(plain, request["password"]))

print(json.dumps({"read": read, "wrote": {"coldkey": describe(Keypair.create_from_mnemonic(phrase))}}))
