package dev.assay.localnet.chain.substrate;

import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import java.util.List;
import java.util.Optional;

/** What the runtime says of itself. */
public record RuntimeVersion(
    String specName,
    String implName,
    long authoringVersion,
    long specVersion,
    long implVersion,
    List<Pair<byte[], Long>> apis,
    long transactionVersion,
    int systemVersion) {
  private static final Shape<List<Pair<byte[], Long>>> APIS =
      Shapes.vec(Shapes.pair(Shapes.byteArray(8), Shapes.U32));

  /** {@code sp_version::RuntimeVersion}. */
  public static final Shape<RuntimeVersion> SHAPE =
      RecordShape.of(
          RuntimeVersion.class,
          "sp_version::RuntimeVersion",
          cow(Shapes.STR),
          cow(Shapes.STR),
          Shapes.U32,
          Shapes.U32,
          Shapes.U32,
          cow(APIS),
          Shapes.U32,
          Shapes.U8);

  /** {@code Cow<T>}, which is encoded as what it holds. */
  static <T> Shape<T> cow(Shape<T> inner) {
    TypeNode type =
        new TypeNode.Composite(
            List.of("Cow"),
            List.of(new Parameter("T", Optional.of(inner.type()))),
            List.of(new TypeNode.Member(Optional.empty(), inner.type(), "T")));
    return new Shape<>(type, inner.minimumSize(), inner.encoder(), inner.decoder());
  }
}
