package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the rows of a sparse matrix, Weights or Bonds, of one mechanism of a subnet. */
final class WeightsQuery {
  private WeightsQuery() {}

  static Map<Integer, List<Weight>> read(BlockView block, String item, int netuid, int mechanism) {
    Value index = Value.of(MechanismIndex.of(netuid, mechanism));
    Map<Integer, List<Weight>> rows = new TreeMap<>();
    for (StorageItem row : block.entries("SubtensorModule", item, index)) {
      rows.put(row.key(1).asInt(), weights(row));
    }
    return rows;
  }

  static List<Weight> read(BlockView block, String item, int netuid, int mechanism, int uid) {
    Value index = Value.of(MechanismIndex.of(netuid, mechanism));
    return block.entries("SubtensorModule", item, index, Value.of(uid)).stream()
        .flatMap(row -> weights(row).stream())
        .toList();
  }

  private static List<Weight> weights(StorageItem row) {
    return row.value().asList().stream()
        .map(cell -> new Weight(cell.at(0).asInt(), cell.at(1).asInt()))
        .toList();
  }
}
