package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import java.math.BigInteger;

/** Where a neuron's figures can be read. */
public record PrometheusInfo(long block, long version, BigInteger ip, int port, int ipType) {
  public static final Shape<PrometheusInfo> SHAPE =
      RecordShape.of(
          PrometheusInfo.class,
          "pallet_subtensor::pallet::PrometheusInfo",
          Shapes.U64,
          Shapes.U32,
          Shapes.U128,
          Shapes.U16,
          Shapes.U8);

  public static final PrometheusInfo NONE = new PrometheusInfo(0, 0, BigInteger.ZERO, 0, 0);
}
