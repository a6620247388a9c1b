package dev.assay.localnet.chain.substrate;

import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Composite;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Weight;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The constants of {@code System}, with the values of the main network's runtime 393. */
final class SystemConstants {
  private static final String BLOCK_WEIGHTS =
      "c2a0e766000b00409452a30313ffffffffffffffff2261c91900010bb837a1555d021366666666666666a6010b"
          + "0030ef7dba0213ffffffffffffffbf0100002261c91900010bb847462a46031366666666666666e6010b00"
          + "409452a30313ffffffffffffffff01070010a5d4e81300000000000000402261c91900000000";
  private static final String BLOCK_LENGTH = "000078000000a0000000a000";

  private SystemConstants() {}

  static List<Constant<?>> of(RuntimeVersion version) {
    return List.of(
        new Constant<>(
            "BlockWeights",
            Shapes.verbatim(blockWeights()),
            HexFormat.of().parseHex(BLOCK_WEIGHTS)),
        new Constant<>(
            "BlockLength", Shapes.verbatim(blockLength()), HexFormat.of().parseHex(BLOCK_LENGTH)),
        new Constant<>("BlockHashCount", Shapes.U32, SystemPallet.BLOCK_HASH_COUNT),
        new Constant<>("DbWeight", DbWeight.SHAPE, new DbWeight(25_000_000, 100_000_000)),
        new Constant<>("Version", RuntimeVersion.SHAPE, version),
        new Constant<>("SS58Prefix", Shapes.U16, 42));
  }

  private record DbWeight(long read, long write) {
    static final Shape<DbWeight> SHAPE =
        RecordShape.of(DbWeight.class, "sp_weights::RuntimeDbWeight", Shapes.U64, Shapes.U64);
  }

  private static TypeNode blockWeights() {
    Shape<?> maximum = Shapes.option(Weight.SHAPE);
    TypeNode perClass =
        struct(
            "frame_system::limits::WeightsPerClass",
            field("base_extrinsic", Weight.SHAPE),
            field("max_extrinsic", maximum),
            field("max_total", maximum),
            field("reserved", maximum));
    List<TypeNode.Member> members =
        List.of(
            field("base_block", Weight.SHAPE).member(),
            field("max_block", Weight.SHAPE).member(),
            new TypeNode.Member(
                Optional.of("per_class"), perClass(perClass), "PerDispatchClass<WeightsPerClass>"));
    return new Composite(Shapes.path("frame_system::limits::BlockWeights"), List.of(), members);
  }

  private static TypeNode blockLength() {
    TypeNode.Member max =
        new TypeNode.Member(
            Optional.of("max"), perClass(Shapes.U32.type()), "PerDispatchClass<u32>");
    return new Composite(Shapes.path("frame_system::limits::BlockLength"), List.of(), List.of(max));
  }

  private static TypeNode perClass(TypeNode inner) {
    List<TypeNode.Member> members =
        List.of("normal", "operational", "mandatory").stream()
            .map(name -> new TypeNode.Member(Optional.of(name), inner, "T"))
            .toList();
    return new Composite(
        Shapes.path("frame_support::dispatch::PerDispatchClass"),
        List.of(new Parameter("T", Optional.of(inner))),
        members);
  }

  private static TypeNode struct(String path, Field<?>... fields) {
    return new Composite(
        Shapes.path(path), List.of(), Arrays.stream(fields).map(Field::member).toList());
  }
}
