package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The account that holds a subnet's TAO: Substrate's sub-account of the pallet. */
public final class SubnetAccount {
  private SubnetAccount() {}

  public static AccountId of(int netuid) {
    byte[] name = "modlsubtensr".getBytes(StandardCharsets.US_ASCII);
    byte[] parts = new ScaleWriter().bytes(name).u16(netuid).toByteArray();
    return AccountId.of(Arrays.copyOf(parts, AccountId.LENGTH));
  }
}
