package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.localnet.bytes.Bytes;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;

/** What a subnet says of itself. */
public record SubnetIdentity(
    Bytes subnetName,
    Bytes githubRepo,
    Bytes subnetContact,
    Bytes subnetUrl,
    Bytes discord,
    Bytes description,
    Bytes logoUrl,
    Bytes additional) {
  private static final Shape<Bytes> BYTES = Shapes.BYTES.as(Bytes::new, Bytes::raw);

  public static final Shape<SubnetIdentity> SHAPE =
      RecordShape.of(
          SubnetIdentity.class,
          "pallet_subtensor::pallet::SubnetIdentityV3",
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES,
          BYTES);
}
