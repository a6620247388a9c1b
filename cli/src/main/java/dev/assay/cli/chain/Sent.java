package dev.assay.cli.chain;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.NotReadyException;

/** What a command says of an extrinsic that it has sent. */
public final class Sent {
  /** What was given names a hotkey that the chain has never heard of. */
  private static final String UNKNOWN_HOTKEY = "HotKeyAccountNotExists";

  private Sent() {}

  /**
   * The block that holds it.
   *
   * @param what was to be done, as in "the registration"
   * @throws NotReadyException if its fate isn't known yet: the same command looks first and then
   *     goes on
   * @throws IllegalStateException if the chain refused it
   */
  public static Outcome.Included done(Outcome outcome, String what) {
    if (outcome instanceof Outcome.Included included) {
      return included;
    }
    if (outcome instanceof Outcome.Failed failed) {
      String said = "%s failed: %s%s".formatted(what, reason(failed), advice(failed.error()));
      throw failed.error().endsWith(UNKNOWN_HOTKEY)
          ? new UsageException(said)
          : new IllegalStateException(said);
    }
    throw new NotReadyException(
        "whether %s took effect is not known yet: %s; run the same command again, which looks first"
            .formatted(what, ((Outcome.Unknown) outcome).known()));
  }

  private static String reason(Outcome.Failed failed) {
    return failed.error().startsWith("pool ")
        ? "the chain refuses it, " + failed.words()
        : failed.error() + ", " + failed.words();
  }

  private static String advice(String error) {
    String name = error.substring(error.lastIndexOf('.') + 1);
    return switch (name) {
      case "SlippageTooHigh", "PriceLimitExceeded" ->
          "; the price has moved since it was read: run the command again";
      case "NotEnoughBalanceToStake", "FundsUnavailable" ->
          "; the coldkey holds too little: send it TAO";
      case "SubNetRegistrationDisabled" -> "; the subnet takes no registrations now";
      case "TooManyRegistrationsThisBlock", "TooManyRegistrationsThisInterval" ->
          "; too many have registered just now: run the command again later";
      case "NonAssociatedColdKey" -> "; the hotkey belongs to another coldkey";
      case "AccountNotAllowedCommit", "HotKeyNotRegisteredInSubNet" ->
          "; the hotkey isn't registered on the subnet: run assay register";
      case UNKNOWN_HOTKEY -> "; the hotkey isn't registered anywhere: run assay register first";
      case "AmountTooLow" -> "; the chain's least amount is 0.002 TAO";
      default -> "";
    };
  }
}
