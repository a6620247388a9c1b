package dev.assay.chain.subtensor;

import static dev.assay.chain.metadata.MetadataBuilder.field;

import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataBuilder;
import dev.assay.chain.metadata.MetadataBuilder.Field;
import dev.assay.chain.metadata.Type.Primitive;
import dev.assay.chain.metadata.TypeRegistry;
import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A metagraph with the columns of the real one (pallet's rpc_info/metagraph.rs) and random values
 * of their usual sizes.
 */
final class MetagraphSample {
  private final TypeRegistry types;
  private final int type;
  private final byte[] bytes;

  MetagraphSample(int neurons, long seed) {
    MetadataBuilder builder = new MetadataBuilder(15);
    int u8 = builder.primitive(Primitive.U8);
    int u16 = builder.primitive(Primitive.U16);
    int u32 = builder.primitive(Primitive.U32);
    int u64 = builder.primitive(Primitive.U64);
    int u128 = builder.primitive(Primitive.U128);
    int bool = builder.sequence(builder.primitive(Primitive.BOOL));
    int accountId = builder.composite("AccountId32", field("", builder.array(32, u8)));
    int account = builder.sequence(accountId);
    int axon =
        builder.composite(
            "AxonInfo",
            field("block", u64),
            field("version", u32),
            field("ip", u128),
            field("port", u16),
            field("ip_type", u8),
            field("protocol", u8),
            field("placeholder1", u8),
            field("placeholder2", u8));
    int share = builder.sequence(builder.compact(u16));
    int amount = builder.sequence(builder.compact(u64));
    int dividends = builder.sequence(builder.tuple(accountId, builder.compact(u64)));
    List<Field> fields = new ArrayList<>();
    fields.add(field("hotkeys", account));
    fields.add(field("coldkeys", account));
    fields.add(field("axons", builder.sequence(axon)));
    fields.add(field("active", bool));
    fields.add(field("validator_permit", bool));
    for (String name : List.of("pruning_score", "dividends", "incentives", "consensus", "trust")) {
      fields.add(field(name, share));
    }
    fields.add(field("rank", share));
    for (String name : List.of("last_update", "emission", "block_at_registration")) {
      fields.add(field(name, amount));
    }
    for (String name : List.of("alpha_stake", "tao_stake", "total_stake")) {
      fields.add(field(name, amount));
    }
    fields.add(field("tao_dividends_per_hotkey", dividends));
    fields.add(field("alpha_dividends_per_hotkey", dividends));
    type = builder.composite("Metagraph", fields.toArray(Field[]::new));
    Metadata metadata = builder.build();
    types = metadata.types();
    bytes = write(neurons, new Random(seed));
  }

  byte[] bytes() {
    return bytes;
  }

  /** From bytes to neurons, as a client does it. */
  List<Neuron> read() {
    return new MetagraphColumns(types.decode(type, bytes)).neurons();
  }

  private static byte[] write(int neurons, Random random) {
    ScaleWriter writer = new ScaleWriter();
    accounts(writer, neurons, random);
    accounts(writer, neurons, random);
    writer.compact(neurons);
    for (int i = 0; i < neurons; i++) {
      writer.u64(random.nextInt(10_000_000)).u32(1).bytes(random(random, 16)).u16(8091);
      writer.u8(4).u8(0).u8(0).u8(0);
    }
    for (int column = 0; column < 2; column++) {
      writer.compact(neurons);
      for (int i = 0; i < neurons; i++) {
        writer.bool(random.nextBoolean());
      }
    }
    for (int column = 0; column < 6; column++) {
      numbers(writer, neurons, random, 1 << 16);
    }
    for (int column = 0; column < 6; column++) {
      numbers(writer, neurons, random, column == 0 || column == 2 ? 10_000_000 : 1L << 45);
    }
    for (int column = 0; column < 2; column++) {
      writer.compact(neurons);
      for (int i = 0; i < neurons; i++) {
        writer.bytes(random(random, 32)).compact(random.nextLong(1L << 40));
      }
    }
    return writer.toByteArray();
  }

  private static void accounts(ScaleWriter writer, int neurons, Random random) {
    writer.compact(neurons);
    for (int i = 0; i < neurons; i++) {
      writer.bytes(random(random, 32));
    }
  }

  private static void numbers(ScaleWriter writer, int neurons, Random random, long bound) {
    writer.compact(neurons);
    for (int i = 0; i < neurons; i++) {
      writer.compact(random.nextLong(bound));
    }
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
