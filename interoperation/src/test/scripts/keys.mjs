// What @polkadot/util-crypto and @polkadot/keyring make of the keys, addresses and signatures that Java names.
import { readFileSync } from 'node:fs';
import { Keyring } from '@polkadot/keyring';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import {
  cryptoWaitReady,
  decodeAddress,
  encodeAddress,
  mnemonicGenerate,
  mnemonicToMiniSecret,
  signatureVerify,
} from '@polkadot/util-crypto';

const request = JSON.parse(readFileSync(0, 'utf8'));
await cryptoWaitReady();
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
const message = hexToU8a(request.message);
const fresh = mnemonicGenerate(12);

const answer = {
  pairs: request.uris.map((uri) => {
    const pair = keyring.createFromUri(uri);
    return { address: pair.address, publicKey: u8aToHex(pair.publicKey), signature: u8aToHex(pair.sign(message)) };
  }),
  verified: request.signatures.map(({ address, signature }) => signatureVerify(message, signature, address).isValid),
  fresh: {
    mnemonic: fresh,
    seed: u8aToHex(mnemonicToMiniSecret(fresh)),
    address: keyring.createFromUri(fresh).address,
  },
  seeds: request.mnemonics.map((mnemonic) => u8aToHex(mnemonicToMiniSecret(mnemonic))),
  addresses: request.prefixes.map((prefix) => encodeAddress(request.account, prefix)),
  accounts: request.addresses.map((address) => u8aToHex(decodeAddress(address))),
};
console.log(JSON.stringify(answer));
