// The same day with polkadot-api, which decodes by the chain's own metadata alone ("unsafe" API: no generated types).
import { readFileSync } from 'node:fs';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { createClient, Enum } from 'polkadot-api';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { getWsProvider } from 'polkadot-api/ws';
import { WebSocket } from 'ws';

const { endpoint, netuid, owner, ownerHotkey, coldkey, hotkey, commitment, axon, weights, timelocked } =
  JSON.parse(readFileSync(0, 'utf8'));
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

const place = { version: 1, ip: BigInt(axon.number), port: axon.port, ip_type: 4, protocol: 4 };
answer.serve = await send(
  SubtensorModule.serve_axon({ netuid, ...place, placeholder1: 0, placeholder2: 0 }),
  hotkey,
);
const served = await api.query.SubtensorModule.Axons.getValue(netuid, pair(hotkey).address);
answer.axon = { ip: served.ip.toString(), port: served.port };

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

// The root may turn commit-reveal on; from then on weights go by timelocked commits.
const admin = api.tx.AdminUtils.sudo_set_commit_reveal_weights_enabled({ netuid, enabled: true });
answer.commitRevealOn = await send(api.tx.Sudo.sudo({ call: admin.decodedCall }), owner);
const bytes = new Uint8Array(Buffer.from(timelocked.commit.slice(2), 'hex'));
const hidden = { netuid, mecid: 0, commit: bytes, reveal_round: BigInt(timelocked.round) };
answer.timelocked = await send(
  SubtensorModule.commit_timelocked_mechanism_weights({ ...hidden, commit_reveal_version: 4 }),
  ownerHotkey,
);
const commits = await api.query.SubtensorModule.TimelockedWeightCommits.getEntries(netuid);
answer.commits = commits.flatMap(({ value }) =>
  value.map(([account, , commit, round]) => ({
    account,
    commit: `0x${Buffer.from(commit).toString('hex')}`,
    round: Number(round),
  })),
);

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
