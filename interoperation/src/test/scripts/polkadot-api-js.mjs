// A validator's day on the chain with @polkadot/api: read, register, commit, set weights, commit weights, watch.
import { readFileSync } from 'node:fs';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { hexToU8a, u8aToHex } from '@polkadot/util';

const { endpoint, netuid, owner, ownerHotkey, coldkey, hotkey, commitment, axon, weights, timelocked } = JSON.parse(
  readFileSync(0, 'utf8'),
);
const api = await ApiPromise.create({ provider: new WsProvider(endpoint), noInitWarn: true, throwOnConnect: true });
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
const pair = (uri) => keyring.addFromUri(uri);

function send(call, signer) {
  return new Promise((resolve, reject) => {
    const statuses = [];
    call
      .signAndSend(signer, (result) => {
        statuses.push(result.status.type);
        if (result.isError) reject(new Error(`${call.method.method} became ${result.status.type}`));
        if (!result.status.isFinalized) return;
        const events = result.events.map(({ event }) => `${event.section}.${event.method}`);
        const error = result.dispatchError?.isModule
          ? api.registry.findMetaError(result.dispatchError.asModule).name
          : (result.dispatchError?.toString() ?? null);
        resolve({ statuses, events, error, block: result.status.asFinalized.toHex() });
      })
      .catch(reject);
  });
}

const answer = {
  genesis: api.genesisHash.toHex(),
  name: api.runtimeVersion.specName.toString(),
  properties: api.registry.getChainProperties().toJSON(),
  existentialDeposit: api.consts.balances.existentialDeposit.toString(),
};

const subtensor = api.tx.subtensorModule;
answer.registerOwner = await send(subtensor.burnedRegister(netuid, pair(ownerHotkey).address), pair(owner));
answer.register = await send(subtensor.burnedRegister(netuid, pair(hotkey).address), pair(coldkey));
answer.registerAgain = await send(subtensor.burnedRegister(netuid, pair(hotkey).address), pair(coldkey));
answer.uid = (await api.query.subtensorModule.uids(netuid, pair(hotkey).address)).unwrap().toNumber();

const text = new TextEncoder().encode(commitment);
const info = { fields: [{ [`Raw${text.length}`]: u8aToHex(text) }] };
answer.commit = await send(api.tx.commitments.setCommitment(netuid, info), pair(hotkey));
const registration = (await api.query.commitments.commitmentOf(netuid, pair(hotkey).address)).unwrap();
answer.commitment = new TextDecoder().decode(registration.info.fields[0][`asRaw${text.length}`]);
answer.commitmentBlock = registration.block.toNumber();

answer.serve = await send(subtensor.serveAxon(netuid, 1, axon.number, axon.port, 4, 4, 0, 0), pair(hotkey));
const served = (await api.query.subtensorModule.axons(netuid, pair(hotkey).address)).unwrap();
answer.axon = { ip: served.ip.toString(), port: served.port.toNumber() };

const dests = weights.map(([uid]) => uid);
const values = weights.map(([, value]) => value);
answer.strangersWeights = await send(subtensor.setWeights(netuid, dests, values, 0), pair(hotkey));
answer.weights = await send(subtensor.setMechanismWeights(netuid, 0, dests, values, 0), pair(ownerHotkey));
const ownerUid = (await api.query.subtensorModule.uids(netuid, pair(ownerHotkey).address)).unwrap().toNumber();
answer.weightsRead = (await api.query.subtensorModule.weights(netuid, ownerUid)).toJSON();

const metagraph = (await api.call.subnetInfoRuntimeApi.getMetagraph(netuid)).unwrap();
answer.metagraph = {
  netuid: metagraph.netuid.toNumber(),
  tempo: metagraph.tempo.toNumber(),
  hotkeys: metagraph.hotkeys.map((account) => account.toString()),
  burn: metagraph.burn.toString(),
};
const selective = (await api.call.subnetInfoRuntimeApi.getSelectiveMetagraph(netuid, [0, 52])).unwrap();
answer.selective = selective.hotkeys.unwrap().map((account) => account.toString());
const neurons = await api.call.neuronInfoRuntimeApi.getNeuronsLite(netuid);
answer.neurons = neurons.map((neuron) => ({ uid: neuron.uid.toNumber(), hotkey: neuron.hotkey.toString() }));
const plain = (value) => JSON.parse(JSON.stringify(value));
answer.hyperparameters = {
  v1: plain((await api.call.subnetInfoRuntimeApi.getSubnetHyperparams(netuid)).unwrap()),
  v2: plain((await api.call.subnetInfoRuntimeApi.getSubnetHyperparamsV2(netuid)).unwrap()),
  v3: (await api.call.subnetInfoRuntimeApi.getSubnetHyperparamsV3(netuid))
    .unwrap()
    .map((each) => [each.name.toUtf8(), plain(each.value)]),
};

// The root may turn commit-reveal on; from then on weights go by timelocked commits.
const admin = api.tx.adminUtils.sudoSetCommitRevealWeightsEnabled(netuid, true);
answer.commitRevealOn = await send(api.tx.sudo.sudo(admin), pair(owner));
answer.timelocked = await send(
  subtensor.commitTimelockedMechanismWeights(netuid, 0, timelocked.commit, timelocked.round, 4),
  pair(ownerHotkey),
);
const commits = await api.query.subtensorModule.timelockedWeightCommits.entries(netuid);
answer.commits = commits.flatMap(([, list]) =>
  list.map(([account, , bytes, round]) => ({
    account: account.toString(),
    commit: bytes.toHex(),
    round: round.toNumber(),
  })),
);

answer.heads = await new Promise((resolve, reject) => {
  const heads = [];
  api.rpc.chain
    .subscribeNewHeads((header) => {
      heads.push({ number: header.number.toNumber(), hash: header.hash.toHex(), parent: header.parentHash.toHex() });
      if (heads.length === 4) resolve(heads.slice());
    })
    .catch(reject);
});
const block = await api.rpc.chain.getBlock(answer.weights.block);
answer.decodedCalls = block.block.extrinsics.map(({ method }) => `${method.section}.${method.method}`);
const fee = await api.tx.balances.transferKeepAlive(pair(owner).address, 1n).paymentInfo(pair(coldkey));
answer.fee = fee.partialFee.toString();
await api.disconnect();
console.log(JSON.stringify(answer));
