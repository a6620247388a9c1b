package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.state.StorageItem;
import java.util.List;

/**
 * A pallet as far as the node executes it.
 *
 * @param crate the Rust crate that its types' paths begin with
 * @param genericArity how many generic parameters its calls, events and errors have: {@code T}, and
 *     {@code I} where there are two
 */
public record Pallet(
    String name,
    int index,
    String crate,
    int genericArity,
    List<StorageItem<?>> storage,
    List<Call> calls,
    List<EventType> events,
    List<PalletError> errors,
    List<Constant<?>> constants) {}
