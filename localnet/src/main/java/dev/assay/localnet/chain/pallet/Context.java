package dev.assay.localnet.chain.pallet;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.state.Storage;
import java.util.Optional;

/**
 * What a call or a hook works on.
 *
 * @param runtime what nested calls are dispatched by
 * @param block the number of the block in the making
 * @param origin the caller
 */
public record Context(
    Dispatcher runtime, Storage storage, EventLog events, long block, Origin origin) {

  /** Executes calls inside calls. */
  public interface Dispatcher {
    /**
     * Runs a call; what it wrote is undone if it fails.
     *
     * @return why it failed, or nothing
     */
    Optional<DispatchError> dispatch(Context context, RuntimeCall call);
  }

  /**
   * The account that signed.
   *
   * @throws DispatchException {@code BadOrigin} if no account did
   */
  public AccountId signer() {
    return origin
        .account()
        .orElseThrow(() -> new DispatchException(DispatchError.BAD_ORIGIN, "BadOrigin"));
  }

  /**
   * Lets only the root pass.
   *
   * @throws DispatchException {@code BadOrigin} unless the root calls
   */
  public void ensureRoot() {
    if (!origin.root()) {
      throw new DispatchException(DispatchError.BAD_ORIGIN, "BadOrigin");
    }
  }

  /**
   * Lets only the block itself pass.
   *
   * @throws DispatchException {@code BadOrigin} unless the block itself calls
   */
  public void ensureNone() {
    if (origin.root() || origin.account().isPresent()) {
      throw new DispatchException(DispatchError.BAD_ORIGIN, "BadOrigin");
    }
  }

  /** Deposits an event. */
  public void deposit(EventType type, Object... values) {
    events.deposit(type.encode(values));
  }

  /** The same work for another caller. */
  public Context as(Origin other) {
    return new Context(runtime, storage, events, block, other);
  }
}
