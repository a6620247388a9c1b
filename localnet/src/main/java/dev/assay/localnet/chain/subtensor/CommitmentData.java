package dev.assay.localnet.chain.subtensor;

import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of a commitment.
 *
 * @param tag the case of {@code pallet_commitments::types::Data}
 * @param content its bytes, without their length
 * @param round the round that opens it, where it is encrypted
 */
record CommitmentData(int tag, Bytes content, long round) {
  private static final int LAST_RAW = 129;
  private static final int TIMELOCKED = 134;
  private static final int RESET_BONDS = 135;
  private static final int BIG_RAW = 136;
  private static final int MAX_ENCRYPTED = 1024;
  private static final int MAX_BIG_RAW = 512;

  static final Shape<CommitmentData> SHAPE =
      new Shape<>(type(), 1, CommitmentData::write, CommitmentData::read);

  boolean isTimelocked() {
    return tag == TIMELOCKED;
  }

  boolean resetsBonds() {
    return tag == RESET_BONDS;
  }

  /** What it counts towards the space that a hotkey may use in an epoch. */
  long space() {
    return content.length();
  }

  private static void write(ScaleWriter out, CommitmentData data) {
    out.u8(data.tag);
    if (data.tag == TIMELOCKED || data.tag == BIG_RAW) {
      out.byteVec(data.content.raw());
    } else {
      out.bytes(data.content.raw());
    }
    if (data.tag == TIMELOCKED) {
      out.u64(data.round);
    }
  }

  private static CommitmentData read(ScaleReader in) {
    int tag = in.u8();
    if (tag >= 1 && tag <= LAST_RAW) {
      return new CommitmentData(tag, new Bytes(in.bytes(tag - 1)), 0);
    }
    return switch (tag) {
      case 0, RESET_BONDS -> new CommitmentData(tag, new Bytes(new byte[0]), 0);
      case 130, 131, 132, 133 -> new CommitmentData(tag, new Bytes(in.bytes(32)), 0);
      case TIMELOCKED -> new CommitmentData(tag, bounded(in, MAX_ENCRYPTED), in.u64());
      case BIG_RAW -> new CommitmentData(tag, bounded(in, MAX_BIG_RAW), 0);
      default -> throw new ScaleException(in.offset(), "no case of Data: " + tag);
    };
  }

  private static Bytes bounded(ScaleReader in, int limit) {
    return new Bytes(Shapes.boundedBytes(limit).decoder().apply(in));
  }

  private static TypeNode type() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("None", 0, List.of()));
    for (int length = 0; length < LAST_RAW; length++) {
      cases.add(fixed("Raw" + length, length + 1, length));
    }
    cases.add(fixed("BlakeTwo256", 130, 32));
    cases.add(fixed("Sha256", 131, 32));
    cases.add(fixed("Keccak256", 132, 32));
    cases.add(fixed("ShaThree256", 133, 32));
    cases.add(
        new Case(
            "TimelockEncrypted",
            TIMELOCKED,
            List.of(
                Field.field("encrypted", Shapes.boundedBytes(MAX_ENCRYPTED)).member(),
                Field.field("reveal_round", Shapes.U64).member())));
    cases.add(new Case("ResetBondsFlag", RESET_BONDS, List.of()));
    cases.add(
        new Case(
            "BigRaw", BIG_RAW, List.of(Field.unnamed(Shapes.boundedBytes(MAX_BIG_RAW)).member())));
    return new Variant(Shapes.path("pallet_commitments::types::Data"), List.of(), cases);
  }

  private static Case fixed(String name, int tag, int length) {
    return new Case(name, tag, List.of(Field.unnamed(Shapes.byteArray(length)).member()));
  }
}
