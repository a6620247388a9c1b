package dev.assay.localnet.chain.pallet;

/** A decoded call. */
public record RuntimeCall(Pallet pallet, Call call, Arguments arguments) {

  /** Whether it is this call of this pallet. */
  public boolean is(String palletName, String callName) {
    return pallet.name().equals(palletName) && call.name().equals(callName);
  }
}
