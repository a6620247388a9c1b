package dev.assay.jobs.status;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the chain stands, and whether the present window still wants something of a validator.
 *
 * @param genesis hash of the chain's block 0
 * @param block the last final block
 * @param blockTime of that block, by the chain's clock
 * @param window the window that the block lies in
 * @param lastBlock the window's last; the next one opens with the block after it
 * @param secondsLeft until then, by {@code submit.block_time}
 * @param fallbackBlock at which {@code submit.fallback} decides
 * @param hotkey the validator's, as an SS58 address; absent where the wallet has none
 * @param lastUpdate the block of the hotkey's last weights, or of its registration
 * @param isActive whether the chain counts the validator as active
 * @param validatorTrust how much of its weights consensus took at the last epoch, 0 to 1; absent
 *     where the runtime tells none
 * @param dividends what the last epoch granted it, as a share of all
 * @param immunityPeriod blocks for which a new neuron of the subnet can't be replaced
 * @param evaluation the window's last completed one
 * @param extrinsic that was sent for the window last
 * @param isOpen whether there is something to do in this window
 * @param reason why, or why not
 */
public record WindowReport(
    String genesis,
    int netuid,
    int mechanism,
    long block,
    Instant blockTime,
    long window,
    long firstBlock,
    long lastBlock,
    long secondsLeft,
    long fallbackBlock,
    Optional<String> hotkey,
    Optional<Integer> uid,
    Optional<Boolean> validatorPermit,
    Optional<Boolean> isActive,
    Optional<Long> lastUpdate,
    Optional<Double> validatorTrust,
    Optional<Double> dividends,
    long immunityPeriod,
    Weights weights,
    Optional<String> evaluation,
    Optional<String> extrinsic,
    boolean isOpen,
    String reason) {}
