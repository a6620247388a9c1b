package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.scale.Bytes;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import java.util.Arrays;
import java.util.Optional;

/** The key by which a neuron can be known when it is called. */
public record NeuronCertificate(Bytes publicKey, int algorithm) {
  private static final int MAX_KEY = 64;

  static final Shape<NeuronCertificate> SHAPE =
      RecordShape.of(
          NeuronCertificate.class,
          "pallet_subtensor::pallet::NeuronCertificate",
          Shapes.boundedBytes(MAX_KEY).as(Bytes::new, Bytes::raw),
          Shapes.U8);

  /** The algorithm's byte and the key behind it; anything else is none. */
  public static Optional<NeuronCertificate> of(byte[] certificate) {
    if (certificate.length == 0 || certificate.length > 1 + MAX_KEY) {
      return Optional.empty();
    }
    byte[] key = Arrays.copyOfRange(certificate, 1, certificate.length);
    return Optional.of(new NeuronCertificate(new Bytes(key), Byte.toUnsignedInt(certificate[0])));
  }
}
