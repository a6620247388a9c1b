package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.scale.Bytes;
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
  public static final Shape<ChainIdentity> SHAPE =
      RecordShape.ofEach(
          ChainIdentity.class,
          "pallet_subtensor::pallet::ChainIdentityV2",
          Shapes.BYTES.as(Bytes::new, Bytes::raw));
}
