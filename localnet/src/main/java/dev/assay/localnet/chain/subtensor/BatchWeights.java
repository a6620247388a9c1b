package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchException;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.SubtensorError;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import dev.assay.localnet.chain.subtensor.weights.HashCommits;
import dev.assay.localnet.chain.subtensor.weights.WeightSetting;
import java.util.ArrayList;
import java.util.List;

/** Weights of several subnets set or committed in one call, and several commits revealed in one. */
final class BatchWeights {
  private static final Field<List<Integer>> NETUIDS = field("netuids", vec(COMPACT_U16));
  private static final Field<List<List<Pair<Integer, Integer>>>> ROWS =
      field("weights", vec(vec(Shapes.pair(COMPACT_U16, COMPACT_U16))));
  private static final Field<List<Long>> SET_VERSION_KEYS = field("version_keys", vec(COMPACT_U64));
  private static final Field<List<Bytes32>> HASHES = field("commit_hashes", vec(Shapes.HASH));
  private static final Field<List<List<Integer>>> UIDS = field("uids_list", vec(vec(U16)));
  private static final Field<List<List<Integer>>> VALUES = field("values_list", vec(vec(U16)));
  private static final Field<List<List<Integer>>> SALTS = field("salts_list", vec(vec(U16)));
  private static final Field<List<Long>> VERSION_KEYS = field("version_keys", vec(U64));

  private BatchWeights() {}

  static List<Call> calls() {
    return List.of(
        Call.free(
            80,
            "batch_set_weights",
            15_540_000_000L,
            BatchWeights::set,
            NETUIDS,
            ROWS,
            SET_VERSION_KEYS),
        Call.free(
            98,
            "batch_reveal_weights",
            15_540_000_000L,
            BatchWeights::reveal,
            SubtensorCalls.NETUID,
            UIDS,
            VALUES,
            SALTS,
            VERSION_KEYS),
        Call.free(100, "batch_commit_weights", 100_500_000, BatchWeights::commit, NETUIDS, HASHES));
  }

  static boolean is(RuntimeCall call) {
    return call.call().name().startsWith("batch_");
  }

  /** What the pool checks of them (guards/check_weights.rs). */
  static void check(Storage storage, long block, AccountId signer, RuntimeCall call) {
    Arguments arguments = call.arguments();
    boolean reveals = call.call().name().equals("batch_reveal_weights");
    List<Integer> netuids =
        reveals ? List.of(arguments.get(SubtensorCalls.NETUID)) : arguments.get(NETUIDS);
    switch (call.call().name()) {
      case "batch_set_weights" ->
          ensureEqual(netuids, arguments.get(ROWS), arguments.get(SET_VERSION_KEYS));
      case "batch_commit_weights" -> ensureEqual(netuids, arguments.get(HASHES));
      default -> ensureRevealsEqual(arguments);
    }
    for (int netuid : netuids) {
      SubtensorError.NOT_ENOUGH_STAKE_TO_SET_WEIGHTS.unless(
          WeightSetting.hasStake(storage, netuid, signer));
    }
    if (reveals) {
      for (HashCommits.Reveal each : reveals(arguments)) {
        HashCommits.ensureRevealable(storage, block, signer, netuids.get(0), 0, each);
      }
    }
  }

  /** Each row on its own: one that fails leaves the others. */
  private static void set(Context context, Arguments arguments) {
    List<Integer> netuids = arguments.get(NETUIDS);
    List<List<Pair<Integer, Integer>>> rows = arguments.get(ROWS);
    List<Long> versionKeys = arguments.get(SET_VERSION_KEYS);
    ensureEqual(netuids, rows, versionKeys);
    List<Runnable> items = new ArrayList<>();
    for (int i = 0; i < netuids.size(); i++) {
      int netuid = netuids.get(i);
      List<Integer> uids = rows.get(i).stream().map(Pair::first).toList();
      List<Integer> values = rows.get(i).stream().map(Pair::second).toList();
      WeightSetting.Row row = new WeightSetting.Row(uids, values, versionKeys.get(i));
      items.add(() -> setOpen(context, netuid, row));
    }
    runAll(context, netuids, items);
  }

  private static void setOpen(Context context, int netuid, WeightSetting.Row row) {
    SubtensorError.COMMIT_REVEAL_ENABLED.unless(
        !context.storage().get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED.at(netuid)));
    WeightSetting.set(context, netuid, 0, row);
  }

  /** Each commit on its own: one that fails leaves the others. */
  private static void commit(Context context, Arguments arguments) {
    List<Integer> netuids = arguments.get(NETUIDS);
    List<Bytes32> hashes = arguments.get(HASHES);
    ensureEqual(netuids, hashes);
    List<Runnable> items = new ArrayList<>();
    for (int i = 0; i < netuids.size(); i++) {
      int netuid = netuids.get(i);
      Bytes32 hash = hashes.get(i);
      items.add(() -> HashCommits.commit(context, netuid, 0, hash));
    }
    runAll(context, netuids, items);
  }

  private static void runAll(Context context, List<Integer> netuids, List<Runnable> items) {
    List<DispatchError> failures = new ArrayList<>();
    for (Runnable item : items) {
      Storage.Checkpoint before = context.storage().checkpoint();
      int events = context.events().size();
      try {
        item.run();
      } catch (DispatchException e) {
        context.storage().rollback(before);
        context.events().truncate(events);
        failures.add(e.error());
      }
    }
    if (!failures.isEmpty()) {
      context.deposit(SubtensorEvents.BATCH_COMPLETED_WITH_ERRORS);
    }
    for (DispatchError failure : failures) {
      context.deposit(SubtensorEvents.BATCH_WEIGHT_ITEM_FAILED, failure);
    }
    context.deposit(SubtensorEvents.BATCH_WEIGHTS_COMPLETED, netuids, context.signer());
  }

  /** All of them or none. */
  private static void reveal(Context context, Arguments arguments) {
    ensureRevealsEqual(arguments);
    HashCommits.revealAll(context, arguments.get(SubtensorCalls.NETUID), reveals(arguments));
  }

  private static List<HashCommits.Reveal> reveals(Arguments arguments) {
    List<HashCommits.Reveal> reveals = new ArrayList<>();
    for (int i = 0; i < arguments.get(UIDS).size(); i++) {
      WeightSetting.Row row =
          new WeightSetting.Row(
              arguments.get(UIDS).get(i),
              arguments.get(VALUES).get(i),
              arguments.get(VERSION_KEYS).get(i));
      reveals.add(new HashCommits.Reveal(row, arguments.get(SALTS).get(i)));
    }
    return reveals;
  }

  private static void ensureRevealsEqual(Arguments arguments) {
    ensureEqual(
        arguments.get(UIDS),
        arguments.get(VALUES),
        arguments.get(SALTS),
        arguments.get(VERSION_KEYS));
  }

  private static void ensureEqual(List<?>... lists) {
    for (List<?> list : lists) {
      SubtensorError.INPUT_LENGTHS_UNEQUAL.unless(list.size() == lists[0].size());
    }
  }
}
