package dev.assay.localnet.chain.block;

import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.state.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * A block and the state after it.
 *
 * @param extrinsics encoded, their lengths in front
 * @param kept the state, as long as it is kept
 */
public record Block(Header header, Bytes32 hash, List<byte[]> extrinsics, Optional<Snapshot> kept) {

  /** Its height. */
  public long number() {
    return header.number();
  }

  /**
   * The state after it.
   *
   * @throws IllegalStateException when it has been dropped
   */
  public Snapshot state() {
    return kept.orElseThrow(
        () -> new IllegalStateException("the state of block " + number() + " has been dropped"));
  }

  public Block withoutState() {
    return new Block(header, hash, extrinsics, Optional.empty());
  }
}
