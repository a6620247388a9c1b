package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.block.Header;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.drand.LocalBeacon;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.BalancesPallet;
import dev.assay.localnet.chain.substrate.SudoPallet;
import dev.assay.localnet.chain.substrate.SystemPallet;
import dev.assay.localnet.chain.substrate.TimestampPallet;
import dev.assay.localnet.chain.subtensor.SubtensorPallet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the first block. */
final class GenesisBlock {
  private GenesisBlock() {}

  static Block of(Genesis genesis, LocalBeacon beacon, byte[] code) {
    Storage storage = Snapshot.EMPTY.storage();
    SystemPallet.genesis(storage, code);
    storage.put(TimestampPallet.NOW.key(), genesis.moment());
    storage.put(SudoPallet.KEY.key(), genesis.sudo());
    new TreeMap<AccountId, Long>(genesis.balances())
        .forEach((account, amount) -> BalancesPallet.endow(storage, account, amount));
    DrandPallet.genesis(storage, beacon.timetable());
    genesis.subnets().forEach(subnet -> SubtensorPallet.genesis(storage, subnet));
    Snapshot state = storage.seal();
    Header header = new Header(Bytes32.ZERO, 0, state.root(), Bytes32.ZERO, List.of());
    return new Block(header, header.hash(), List.of(), Optional.of(state));
  }
}
