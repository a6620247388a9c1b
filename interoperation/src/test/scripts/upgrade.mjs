// A chain's runtime is upgraded while @polkadot/api is connected: the client follows it, and old blocks are still read
// by the old runtime.
import { readFileSync } from 'node:fs';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { u8aToHex } from '@polkadot/util';

const { endpoint, netuid, coldkey, hotkey, upgradeBlock } = JSON.parse(readFileSync(0, 'utf8'));
const provider = new WsProvider(endpoint);
const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
const pair = (uri) => keyring.addFromUri(uri);

function send(call, signer) {
  return new Promise((resolve, reject) => {
    call
      .signAndSend(signer, (result) => {
        if (result.isError) reject(new Error(`${call.method.method} became ${result.status.type}`));
        if (result.status.isFinalized) resolve(result.status.asFinalized.toHex());
      })
      .catch(reject);
  });
}

const commit = (words) => {
  const text = new TextEncoder().encode(words);
  const info = { fields: [{ [`Raw${text.length}`]: u8aToHex(text) }] };
  return send(api.tx.commitments.setCommitment(netuid, info), pair(hotkey));
};
const committed = async (block, length) => {
  const then = await api.at(block);
  const stored = (await then.query.commitments.commitmentOf(netuid, pair(hotkey).address)).unwrap();
  return new TextDecoder().decode(stored.info.fields[0][`asRaw${length}`]);
};

const answer = { before: { spec: api.runtimeVersion.specVersion.toNumber() } };
await send(api.tx.subtensorModule.burnedRegister(netuid, pair(hotkey).address), pair(coldkey));
answer.before.index = api.tx.commitments.setCommitment.callIndex[1];
const first = await commit('before');

const upgraded = new Promise((resolve) => {
  api.rpc.state.subscribeRuntimeVersion((version) => {
    if (version.specVersion.toNumber() > answer.before.spec) resolve();
  });
});
while ((await api.rpc.chain.getHeader()).number.toNumber() < upgradeBlock) {
  await provider.send('engine_createBlock', [true, true, null]);
}
await upgraded;
// The metadata of the new runtime arrives after its version.
while (api.tx.commitments.setCommitment.callIndex[1] === answer.before.index) {
  await new Promise((resolve) => setTimeout(resolve, 50));
}
answer.after = {
  spec: api.runtimeVersion.specVersion.toNumber(),
  index: api.tx.commitments.setCommitment.callIndex[1],
};
const second = await commit('afterwards');
answer.commitments = [await committed(first, 6), await committed(second, 10)];
const upgrade = await api.at(await api.rpc.chain.getBlockHash(upgradeBlock));
answer.events = (await upgrade.query.system.events()).map(({ event }) => `${event.section}.${event.method}`);
await api.disconnect();
console.log(JSON.stringify(answer));
