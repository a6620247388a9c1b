package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import java.util.List;

/** Weights that can be read once the beacon's round has come. */
public record TimelockedCommit(AccountId hotkey, long block, Bytes ciphertext, long round) {
  /** The longest ciphertext that is taken, in bytes. */
  static final int MAX_SIZE = 5000;

  public static final Shape<byte[]> CIPHERTEXT = Shapes.boundedBytes(MAX_SIZE);

  static final Shape<TimelockedCommit> SHAPE =
      new Shape<>(
          new TypeNode.Tuple(
              List.of(
                  Shapes.ACCOUNT.type(), Shapes.U64.type(), CIPHERTEXT.type(), Shapes.U64.type())),
          49,
          TimelockedCommit::write,
          TimelockedCommit::read);

  private static void write(ScaleWriter out, TimelockedCommit commit) {
    out.bytes(commit.hotkey.bytes()).u64(commit.block);
    out.byteVec(commit.ciphertext.raw()).u64(commit.round);
  }

  private static TimelockedCommit read(ScaleReader in) {
    return new TimelockedCommit(
        AccountId.of(in.bytes(32)), in.u64(), new Bytes(in.byteVec()), in.u64());
  }
}
