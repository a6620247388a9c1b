package dev.assay.chain.extrinsic;

import dev.assay.chain.rpc.RpcErrorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transaction pool's refusal. Codes are those of sc-rpc-api's author errors (1010 to 1016); the
 * custom ones are subtensor's (common/src/transaction_error.rs).
 */
final class PoolError {
  private static final int INVALID = 1010;
  private static final int BANNED = 1012;
  private static final int ALREADY_IMPORTED = 1013;
  private static final int PRIORITY_TOO_LOW = 1014;
  private static final int LAST = 1019;

  /** Substrate's words for a nonce below the account's (sp-runtime's InvalidTransaction). */
  private static final String STALE = "Transaction is outdated";

  private static final Pattern CUSTOM = Pattern.compile("Custom error: ([0-9]{1,3})");
  private static final List<String> CUSTOM_NAMES =
      List.of(
          "ColdkeyInSwapSchedule",
          "StakeAmountTooLow",
          "BalanceTooLow",
          "SubnetNotExists",
          "HotkeyAccountDoesntExist",
          "NotEnoughStakeToWithdraw",
          "RateLimitExceeded",
          "InsufficientLiquidity",
          "SlippageTooHigh",
          "TransferDisallowed",
          "HotKeyNotRegisteredInNetwork",
          "InvalidIpAddress",
          "ServingRateLimitExceeded",
          "InvalidPort",
          "ZeroMaxAmount",
          "InvalidRevealRound",
          "CommitNotFound",
          "CommitBlockNotInRevealRange",
          "InputLengthsUnequal",
          "UidNotFound",
          "EvmKeyAssociateRateLimitExceeded",
          "ColdkeySwapDisputed",
          "InvalidRealAccount");

  private PoolError() {}

  /** Whether the node says that it will not take the extrinsic, so that its fate is known. */
  static boolean refuses(RpcErrorException error) {
    return error.code() == 1001
        || error.code() == 1002
        || (error.code() >= INVALID && error.code() <= LAST && !mayBeKnown(error));
  }

  /** Whether the extrinsic may be in the pool or in a block already. */
  static boolean mayBeKnown(RpcErrorException error) {
    return error.code() == BANNED || error.code() == ALREADY_IMPORTED;
  }

  /** Whether another extrinsic of the account has the nonce, in the pool or in a block. */
  static boolean nonceTaken(RpcErrorException error) {
    return error.code() == PRIORITY_TOO_LOW
        || (error.code() == INVALID && (error.data() + error.words()).contains(STALE));
  }

  /** The node's words, with the name of a custom code. */
  static String words(RpcErrorException error) {
    String words = error.data().isEmpty() ? error.words() : error.data();
    Matcher custom = CUSTOM.matcher(words);
    if (!custom.find()) {
      return words;
    }
    int code = Integer.parseInt(custom.group(1));
    return code < CUSTOM_NAMES.size() ? words + " (" + CUSTOM_NAMES.get(code) + ")" : words;
  }
}
