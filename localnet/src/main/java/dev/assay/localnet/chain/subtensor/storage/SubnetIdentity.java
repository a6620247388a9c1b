package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.scale.Bytes;
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
  public static final Shape<SubnetIdentity> SHAPE =
      RecordShape.ofEach(
          SubnetIdentity.class,
          "pallet_subtensor::pallet::SubnetIdentityV3",
          Shapes.BYTES.as(Bytes::new, Bytes::raw));
}
