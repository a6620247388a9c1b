package dev.assay.report.board;

import java.util.Optional;

/**
 * A commitment that waits.
 *
 * @param committed what it says, where that is text
 * @param state WAITING for its first evaluation, or AGAIN where one failed through no fault of its
 *     miner
 * @param windowBlock the first block of the window that can judge it
 * @param immuneUntil the block until which its UID can't be replaced
 */
public record QueueLine(
    int uid,
    String hotkey,
    Optional<String> committed,
    long committedBlock,
    String state,
    long windowBlock,
    Optional<Long> immuneUntil) {}
