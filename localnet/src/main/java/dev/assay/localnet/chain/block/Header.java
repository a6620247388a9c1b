package dev.assay.localnet.chain.block;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import java.util.List;

/**
 * A block's header.
 *
 * @param digest encoded digest items
 */
public record Header(
    Bytes32 parent, long number, Bytes32 stateRoot, Bytes32 extrinsicsRoot, List<byte[]> digest) {

  /** The block's hash: the Blake2b-256 of the encoded header. */
  public Bytes32 hash() {
    return new Bytes32(Blake2.blake2b256(encode()));
  }

  /** As SCALE has it. */
  public byte[] encode() {
    ScaleWriter out = new ScaleWriter();
    out.bytes(parent.bytes()).compact(number);
    out.bytes(stateRoot.bytes()).bytes(extrinsicsRoot.bytes());
    return out.vec(digest, ScaleWriter::bytes).toByteArray();
  }
}
