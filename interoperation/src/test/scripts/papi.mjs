// The same day with polkadot-api, which decodes by the chain's own metadata alone ("unsafe" API: no generated types).
import { readFileSync } from 'node:fs';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { createClient, Enum } from 'polkadot-api';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { getWsProvider } from 'polkadot-api/ws';
import { WebSocket } from 'ws';

const { endpoint, netuid, owner, ownerHotkey, coldkey, hotkey, commitment, weights } = JSON.parse(readFileSync(0, 'utf8'));
await cryptoWaitReady();
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
const pair = (uri) => keyring.addFromUri(uri);
const signer = (uri) => getPolkadotSigner(pair(uri).publicKey, 'Sr25519', (data) => pair(uri).sign(data));
const client = createClient(getWsProvider(endpoint, { websocketClass: WebSocket }));
const api = client.getUnsafeApi();

async function send(call, uri) {
  const result = await call.signAndSubmit(signer(uri));
  return {
    ok: result.ok,
    error: result.ok ? null : (result.dispatchError?.value?.value?.type ?? result.dispatchError?.type),
    block: result.block.hash,
    events: result.events.map(({ type, value }) => `${type}.${value.type}`),
  };
}

const { SubtensorModule, Commitments } = api.tx;
const spec = await client.getChainSpecData();
const answer = { genesis: spec.genesisHash, name: spec.name, properties: spec.properties };
answer.registerOwner = await send(
  SubtensorModule.burned_register({ netuid, hotkey: pair(ownerHotkey).address }),
  owner,
);
answer.register = await send(SubtensorModule.burned_register({ netuid, hotkey: pair(hotkey).address }), coldkey);
answer.uid = await api.query.SubtensorModule.Uids.getValue(netuid, pair(hotkey).address);

// In this API arrays of a fixed length are hex, and a struct of one field is that field.
const text = Buffer.from(commitment);
const field = Enum(`Raw${text.length}`, `0x${text.toString('hex')}`);
answer.commit = await send(Commitments.set_commitment({ netuid, info: [field] }), hotkey);
const stored = await api.query.Commitments.CommitmentOf.getValue(netuid, pair(hotkey).address);
answer.commitment = Buffer.from(stored.info[0].value.slice(2), 'hex').toString();

const dests = weights.map(([uid]) => uid);
const values = weights.map(([, value]) => value);
answer.strangersWeights = await send(
  SubtensorModule.set_weights({ netuid, dests, weights: values, version_key: 0n }),
  hotkey,
);
answer.weights = await send(
  SubtensorModule.set_mechanism_weights({ netuid, mecid: 0, dests, weights: values, version_key: 0n }),
  ownerHotkey,
);
const ownerUid = await api.query.SubtensorModule.Uids.getValue(netuid, pair(ownerHotkey).address);
answer.weightsRead = await api.query.SubtensorModule.Weights.getValue(netuid, ownerUid);

const metagraph = await api.apis.SubnetInfoRuntimeApi.get_metagraph(netuid);
answer.metagraph = { netuid: metagraph.netuid, tempo: metagraph.tempo, hotkeys: metagraph.hotkeys };
const hyperparameters = await api.apis.SubnetInfoRuntimeApi.get_subnet_hyperparams_v2(netuid);
answer.hyperparameters = { kappa: hyperparameters.kappa, tempo: hyperparameters.tempo };

answer.heads = await new Promise((resolve, reject) => {
  const heads = [];
  const subscription = client.finalizedBlock$.subscribe({
    next: (block) => {
      heads.push({ number: block.number, hash: block.hash, parent: block.parent });
      if (heads.length === 4) {
        subscription.unsubscribe();
        resolve(heads.slice());
      }
    },
    error: reject,
  });
});
client.destroy();
console.log(JSON.stringify(answer, (key, value) => (typeof value === 'bigint' ? value.toString() : value)));
