package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import java.math.BigInteger;

/** Where a neuron can be reached. */
public record AxonInfo(
    long block,
    long version,
    BigInteger ip,
    int port,
    int ipType,
    int protocol,
    int placeholder1,
    int placeholder2) {
  public static final Shape<AxonInfo> SHAPE =
      RecordShape.of(
          AxonInfo.class,
          "pallet_subtensor::pallet::AxonInfo",
          Shapes.U64,
          Shapes.U32,
          Shapes.U128,
          Shapes.U16,
          Shapes.U8,
          Shapes.U8,
          Shapes.U8,
          Shapes.U8);

  public static final AxonInfo NONE = new AxonInfo(0, 0, BigInteger.ZERO, 0, 0, 0, 0, 0);
}
