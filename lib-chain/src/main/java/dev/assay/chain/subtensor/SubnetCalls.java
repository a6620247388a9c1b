package dev.assay.chain.subtensor;

import dev.assay.chain.extrinsic.BlockCall;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The calls of one block's body that concern a subnet. Where a hotkey's last extrinsic of a kind
 * stands among them: a later one of the block replaced the earlier. One that was made through a
 * proxy or a batch is not seen.
 *
 * @param calls of the body, in order
 */
public record SubnetCalls(int netuid, List<BlockCall> calls) {
  /** Keeps those that name the subnet. */
  public SubnetCalls {
    calls =
        calls.stream()
            .filter(
                call ->
                    call.arguments().find("netuid").filter(Value.of(netuid)::equals).isPresent())
            .toList();
  }

  /** The place of the extrinsic by which a hotkey committed to the subnet. */
  public OptionalInt commitment(AccountId hotkey) {
    return last(
        call ->
            call.pallet().equals("Commitments")
                && call.call().equals("set_commitment")
                && call.signer().equals(hotkey));
  }

  /** The place of the extrinsic by which a hotkey was registered, whoever signed it. */
  public OptionalInt registration(AccountId hotkey) {
    return last(
        call ->
            call.pallet().equals("SubtensorModule")
                && call.call().contains("register")
                && call.arguments()
                    .find("hotkey")
                    .filter(Value.of(hotkey.bytes())::equals)
                    .isPresent());
  }

  private OptionalInt last(Predicate<BlockCall> wanted) {
    return calls.stream().filter(wanted).mapToInt(BlockCall::index).max();
  }
}
