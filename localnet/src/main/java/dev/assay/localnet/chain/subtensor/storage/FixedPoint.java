package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Composite;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The types of the Rust crate substrate-fixed, whose values are their bits. */
public final class FixedPoint {
  public static final Shape<BigInteger> I96F32 = fixed("FixedI128", Shapes.I128, 32);
  public static final Shape<BigInteger> U64F64 = fixed("FixedU128", Shapes.U128, 64);
  public static final Shape<Long> I32F32 = fixed("FixedI64", Shapes.I64, 32);

  private FixedPoint() {}

  private static <T> Shape<T> fixed(String name, Shape<T> bits, int fraction) {
    TypeNode type =
        new Composite(
            List.of("substrate_fixed", name),
            List.of(new Parameter("Frac", Optional.of(number(fraction)))),
            List.of(Field.field("bits", bits).member()));
    return new Shape<>(type, bits.minimumSize(), bits.encoder(), bits.decoder());
  }

  /** A number as a type: its bits, the least significant one outermost. */
  private static TypeNode number(int value) {
    if (value == 0) {
      return new Composite(Shapes.path("substrate_typenum::uint::UTerm"), List.of(), List.of());
    }
    TypeNode rest = number(value >> 1);
    TypeNode bit =
        new Composite(Shapes.path("substrate_typenum::bit::B" + (value & 1)), List.of(), List.of());
    return new Composite(
        Shapes.path("substrate_typenum::uint::UInt"),
        List.of(new Parameter("U", Optional.of(rest)), new Parameter("B", Optional.of(bit))),
        List.of(
            new TypeNode.Member(Optional.of("msb"), rest, "U"),
            new TypeNode.Member(Optional.of("lsb"), bit, "B")));
  }
}
