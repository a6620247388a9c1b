package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleWriter;
import java.util.List;

/**
 * Metadata small enough for a fuzzer to mutate: one pallet, Commitments, whose types have each of
 * the shapes that SCALE has. The item is the real chain's (pallets/commitments/src/lib.rs), with
 * fewer kinds of data.
 */
public final class SmallMetadata {
  private static final int U8 = 0;
  private static final int U16 = 1;
  private static final int U32 = 2;
  private static final int U64 = 3;
  private static final int BYTES = 4;
  private static final int BYTES_32 = 5;
  private static final int ACCOUNT = 6;
  private static final int BYTES_5 = 7;
  private static final int DATA = 8;
  private static final int DATA_LIST = 9;
  private static final int INFO = 10;
  private static final int REGISTRATION = 11;
  private static final int KEY = 12;

  /** The types that values are decoded by in fuzz tests: all there are. */
  public static final int TYPES = 18;

  private SmallMetadata() {}

  /** Metadata of version 14, 15 or 16. */
  public static byte[] bytes(int version) {
    ScaleWriter writer = new ScaleWriter().u32(0x6174656dL).u8(version);
    types(writer);
    writer.compact(1).string("Commitments").bool(true).string("Commitments").compact(1);
    entry(writer, version);
    writer
        .bool(false)
        .bool(false)
        .compact(1)
        .string("MaxFields")
        .compact(U32)
        .byteVec(new byte[] {3, 0, 0, 0});
    docsAndDeprecation(writer, version).bool(false);
    if (version == 16) {
      writer.compact(0).compact(0);
    }
    writer.u8(18);
    if (version >= 15) {
      docsAndDeprecation(writer, version);
    }
    extrinsic(writer, version);
    if (version > 14) {
      writer.compact(0).compact(U8).compact(U8).compact(U8).compact(0);
    }
    return writer.toByteArray();
  }

  private static void entry(ScaleWriter writer, int version) {
    int twox64Concat = 5;
    int identity = 6;
    writer
        .string("CommitmentOf")
        .u8(0)
        .u8(1)
        .compact(2)
        .u8(identity)
        .u8(twox64Concat)
        .compact(KEY)
        .compact(REGISTRATION);
    docsAndDeprecation(writer.byteVec(new byte[] {0}), version);
  }

  private static void extrinsic(ScaleWriter writer, int version) {
    if (version == 14) {
      writer.compact(U8).u8(4).compact(0).compact(U8);
      return;
    }
    if (version == 15) {
      writer.u8(4).compact(U8).compact(U8).compact(U8).compact(U8).compact(0).compact(U8);
      return;
    }
    writer.byteVec(new byte[] {4}).compact(U8).compact(U8).compact(U8).compact(0).compact(0);
  }

  private static ScaleWriter docsAndDeprecation(ScaleWriter writer, int version) {
    writer.compact(0);
    return version == 16 ? writer.u8(0) : writer;
  }

  private static void types(ScaleWriter writer) {
    writer.compact(TYPES);
    primitive(writer, U8, 3);
    primitive(writer, U16, 4);
    primitive(writer, U32, 5);
    primitive(writer, U64, 6);
    type(writer, BYTES).u8(2).compact(U8).compact(0);
    type(writer, BYTES_32).u8(3).u32(32).compact(U8).compact(0);
    composite(writer, ACCOUNT, field("", BYTES_32));
    type(writer, BYTES_5).u8(3).u32(5).compact(U8).compact(0);
    data(writer);
    type(writer, DATA_LIST).u8(2).compact(DATA).compact(0);
    composite(writer, INFO, field("fields", DATA_LIST));
    composite(
        writer, REGISTRATION, field("deposit", U64), field("block", U32), field("info", INFO));
    type(writer, KEY).u8(4).compact(2).compact(U16).compact(ACCOUNT).compact(0);
    otherShapes(writer);
  }

  private static void data(ScaleWriter writer) {
    type(writer, DATA).u8(1).compact(5);
    variant(writer, "None", 0);
    variant(writer, "Raw5", 6, field("", BYTES_5));
    variant(writer, "Sha256", 131, field("", BYTES_32));
    variant(
        writer, "TimelockEncrypted", 134, field("encrypted", BYTES), field("reveal_round", U64));
    variant(writer, "BigRaw", 136, field("", BYTES));
    writer.compact(0);
  }

  /**
   * A compact, a text, a boolean, an empty tuple with a sequence of it, and nothing that recurs.
   */
  private static void otherShapes(ScaleWriter writer) {
    int next = KEY + 1;
    type(writer, next).u8(6).compact(U64).compact(0);
    primitive(writer, next + 1, 2);
    primitive(writer, next + 2, 0);
    type(writer, next + 3).u8(4).compact(0).compact(0);
    type(writer, next + 4).u8(2).compact(next + 3).compact(0);
  }

  private record NamedType(String name, int type) {}

  private static NamedType field(String name, int type) {
    return new NamedType(name, type);
  }

  private static ScaleWriter type(ScaleWriter writer, int id) {
    return writer.compact(id).compact(0).compact(0);
  }

  private static void primitive(ScaleWriter writer, int id, int primitive) {
    type(writer, id).u8(5).u8(primitive).compact(0);
  }

  private static void composite(ScaleWriter writer, int id, NamedType... fields) {
    type(writer, id).u8(0);
    fields(writer, fields).compact(0);
  }

  private static void variant(ScaleWriter writer, String name, int index, NamedType... fields) {
    writer.string(name);
    fields(writer, fields).u8(index).compact(0);
  }

  private static ScaleWriter fields(ScaleWriter writer, NamedType... fields) {
    return writer.vec(
        List.of(fields),
        (each, field) -> {
          each.bool(!field.name().isEmpty());
          if (!field.name().isEmpty()) {
            each.string(field.name());
          }
          each.compact(field.type()).bool(false).compact(0);
        });
  }
}
