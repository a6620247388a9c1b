package dev.assay.localnet.chain.substrate;

import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.CallCodec;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchException;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.PalletError;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import java.util.List;
import java.util.Optional;

/**
 * {@code Utility} of subtensor's own fork: several calls in one extrinsic. Of the real pallet's
 * eight calls the three batches are declared, which do what the real ones do but weigh a constant.
 */
public final class BatchPallet {
  private static final int INDEX = 11;
  private static final long CALLS_LIMIT = 10_922;
  private static final Events EVENTS = new Events(INDEX);

  static final EventType BATCH_INTERRUPTED =
      EVENTS.named(
          0, "BatchInterrupted", field("index", Shapes.U32), field("error", DispatchError.SHAPE));
  static final EventType BATCH_COMPLETED = EVENTS.named(1, "BatchCompleted");
  static final EventType COMPLETED_WITH_ERRORS = EVENTS.named(2, "BatchCompletedWithErrors");
  static final EventType ITEM_COMPLETED = EVENTS.named(3, "ItemCompleted");
  static final EventType ITEM_FAILED =
      EVENTS.named(4, "ItemFailed", field("error", DispatchError.SHAPE));

  private final Field<List<RuntimeCall>> calls;

  private enum Problem implements PalletError {
    TOO_MANY_CALLS;

    @Override
    public int pallet() {
      return INDEX;
    }
  }

  private BatchPallet(CallCodec codec) {
    this.calls = field("calls", Shapes.vec(codec.shape()));
  }

  /** The pallet. */
  public static Pallet pallet(CallCodec codec) {
    BatchPallet batch = new BatchPallet(codec);
    return new Pallet(
        "Utility",
        INDEX,
        "pallet_subtensor_utility",
        1,
        List.of(),
        List.of(
            Call.paid(0, "batch", 5_000_000, batch::batch, batch.calls),
            Call.paid(2, "batch_all", 5_000_000, batch::batchAll, batch.calls),
            Call.paid(4, "force_batch", 5_000_000, batch::forceBatch, batch.calls)),
        EVENTS.types(),
        List.of(Problem.values()),
        List.of(new Constant<>("batched_calls_limit", Shapes.U32, CALLS_LIMIT)));
  }

  private void batch(Context context, Arguments arguments) {
    List<RuntimeCall> batch = calls(context, arguments);
    for (int i = 0; i < batch.size(); i++) {
      Optional<DispatchError> failure = context.runtime().dispatch(context, batch.get(i));
      if (failure.isPresent()) {
        context.deposit(BATCH_INTERRUPTED, (long) i, failure.get());
        return;
      }
      context.deposit(ITEM_COMPLETED);
    }
    context.deposit(BATCH_COMPLETED);
  }

  private void batchAll(Context context, Arguments arguments) {
    SystemError.CALL_FILTERED.unless(!context.origin().inBatchAll());
    Context inside = context.as(context.origin().insideBatchAll());
    for (RuntimeCall call : calls(context, arguments)) {
      Optional<DispatchError> failure = context.runtime().dispatch(inside, call);
      if (failure.isPresent()) {
        throw new DispatchException(failure.get());
      }
      context.deposit(ITEM_COMPLETED);
    }
    context.deposit(BATCH_COMPLETED);
  }

  /** Whether the signer pays for a call: for a batch only where each call in it is paid for. */
  public static boolean pays(RuntimeCall call) {
    for (Object value : call.arguments().values()) {
      if (call.pallet().index() == INDEX && value instanceof List<?> inner) {
        return inner.stream().allMatch(each -> pays((RuntimeCall) each));
      }
    }
    return call.call().pays();
  }

  private void forceBatch(Context context, Arguments arguments) {
    boolean failed = false;
    for (RuntimeCall call : calls(context, arguments)) {
      Optional<DispatchError> failure = context.runtime().dispatch(context, call);
      failed |= failure.isPresent();
      failure.ifPresentOrElse(
          error -> context.deposit(ITEM_FAILED, error), () -> context.deposit(ITEM_COMPLETED));
    }
    context.deposit(failed ? COMPLETED_WITH_ERRORS : BATCH_COMPLETED);
  }

  private List<RuntimeCall> calls(Context context, Arguments arguments) {
    if (!context.origin().root()) {
      context.signer();
    }
    List<RuntimeCall> batch = arguments.get(calls);
    Problem.TOO_MANY_CALLS.unless(batch.size() <= CALLS_LIMIT);
    return batch;
  }
}
