package dev.assay.localnet.chain.substrate;

import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.CallCodec;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Origin;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.PalletError;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.Storage;
import java.util.List;
import java.util.Optional;

/** {@code Sudo}: one account may speak for the root. */
public final class SudoPallet {
  private static final int INDEX = 12;
  private static final PalletStorage STORAGE = new PalletStorage("Sudo");
  private static final Events EVENTS = new Events(INDEX);

  /** The account that may. */
  public static final Plain<AccountId> KEY = STORAGE.optional("Key", Shapes.ACCOUNT);

  static final EventType SUDID = EVENTS.named(0, "Sudid", field("sudo_result", dispatchResult()));

  private enum Problem implements PalletError {
    REQUIRE_SUDO;

    @Override
    public int pallet() {
      return INDEX;
    }
  }

  private SudoPallet() {}

  /** The pallet. */
  public static Pallet pallet(CallCodec codec) {
    Field<RuntimeCall> inner = field("call", codec.shape().boxed());
    return new Pallet(
        "Sudo",
        INDEX,
        "pallet_sudo",
        1,
        STORAGE.items(),
        List.of(
            Call.free(
                0,
                "sudo",
                10_000_000,
                (context, arguments) -> sudo(context, arguments.get(inner)),
                inner)),
        EVENTS.types(),
        List.of(Problem.values()),
        List.of());
  }

  /** Whether the account may speak for the root. */
  public static boolean isKey(Storage storage, AccountId account) {
    return storage.find(KEY.key()).filter(account::equals).isPresent();
  }

  private static void sudo(Context context, RuntimeCall call) {
    Problem.REQUIRE_SUDO.unless(isKey(context.storage(), context.signer()));
    Optional<DispatchError> failure = context.runtime().dispatch(context.as(Origin.ROOT), call);
    context.deposit(SUDID, failure);
  }

  /** {@code Result<(), DispatchError>}, whose absent failure is success. */
  private static Shape<Optional<DispatchError>> dispatchResult() {
    TypeNode error = DispatchError.SHAPE.type();
    TypeNode type =
        new TypeNode.Variant(
            List.of("Result"),
            List.of(
                new Parameter("T", Optional.of(Shapes.UNIT.type())),
                new Parameter("E", Optional.of(error))),
            List.of(
                new Case("Ok", 0, List.of(Field.unnamed(Shapes.UNIT).member())),
                new Case("Err", 1, List.of(Field.positional(error)))));
    return new Shape<>(
        type,
        1,
        (out, failure) -> write(out, failure),
        in -> in.option(DispatchError.SHAPE.decoder()));
  }

  private static void write(ScaleWriter out, Optional<DispatchError> failure) {
    out.option(failure, DispatchError.SHAPE.encoder());
  }
}
