package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.localnet.bytes.Bytes;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;

/** What an account says of itself. */
public record ChainIdentity(
    Bytes name,
    Bytes url,
    Bytes githubRepo,
    Bytes image,
    Bytes discord,
    Bytes description,
    Bytes additional) {
  private static final Shape<Bytes> BYTES = Shapes.BYTES.as(Bytes::new, Bytes::raw);

  public static final Shape<ChainIdentity> SHAPE =
      RecordShape.of(
          ChainIdentity.class,
          "pallet_subtensor::pallet::ChainIdentityV2",
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES);
}
