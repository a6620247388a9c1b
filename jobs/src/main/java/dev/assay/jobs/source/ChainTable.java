package dev.assay.jobs.source;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.chain.Commitments;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.RowMapping;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/**
 * What can be loaded of a subnet. Every row carries the block it was read at.
 *
 * @param rowType its components are the columns
 * @param keys columns whose filters save reads, as the chain keeps the rows by them
 */
record ChainTable<R extends java.lang.Record>(
    String name, Class<R> rowType, List<String> keys, Reader<R> reader) {
  private static final List<ChainTable<?>> ALL =
      List.of(
          new ChainTable<>(
              "metagraph",
              NeuronRow.class,
              List.of(),
              (block, query) -> NeuronRow.at(block, query.netuid())),
          new ChainTable<>(
              "commitments",
              CommitmentRow.class,
              List.of("hotkey", "uid"),
              ChainTable::commitments),
          new ChainTable<>(
              "weights", WeightShareRow.class, List.of("validator_uid"), WeightShareRow::at),
          new ChainTable<>("bonds", BondShareRow.class, List.of("validator_uid"), BondShareRow::at),
          new ChainTable<>(
              "hyperparameters", HyperparameterRow.class, List.of(), HyperparameterRow::at));

  /** Reads a table's rows at one block. */
  interface Reader<R> {
    List<R> rows(BlockView block, ChainQuery query);
  }

  /**
   * The table of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  static ChainTable<?> named(String name) {
    for (ChainTable<?> table : ALL) {
      if (table.name.equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "load(\""
            + name
            + "\"): a chain has "
            + ALL.stream().map(ChainTable::name).collect(Collectors.joining(", ")));
  }

  StructType schema() {
    return SparkSchemaUtil.convert(RowMapping.schema(rowType));
  }

  /** Rows with the schema's columns, values as Java has them. */
  List<Record> rows(BlockView block, ChainQuery query) {
    RowMapping<R> mapping = new RowMapping<>(rowType);
    return reader.rows(block, query).stream().map(mapping::toIceberg).toList();
  }

  private static List<CommitmentRow> commitments(BlockView block, ChainQuery query) {
    return query
        .keys()
        .map(keys -> Commitments.of(block, query.netuid(), hotkeys(block, query.netuid(), keys)))
        .orElseGet(() -> Commitments.at(block, query.netuid()));
  }

  private static List<AccountId> hotkeys(BlockView block, int netuid, ChainKeys keys) {
    if (keys.column().equals("uid")) {
      return keys.uids().stream()
          .flatMap(
              uid ->
                  block
                      .entries("SubtensorModule", "Keys", Value.of(netuid), Value.of(uid))
                      .stream())
          .map(entry -> AccountId.of(entry.value().asBytes()))
          .toList();
    }
    return keys.values().stream().flatMap(ChainTable::account).toList();
  }

  /** What is no address is no hotkey, and has committed nothing. */
  private static Stream<AccountId> account(String address) {
    try {
      return Stream.of(AccountId.fromSs58(address));
    } catch (IllegalArgumentException none) {
      return Stream.empty();
    }
  }
}
