package dev.assay.cli.participants;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * A validator or a miner on this machine. Keys follow from a seed and the name, and so do
 * signatures, because the chain's hashes depend on them.
 */
public record Participant(String name, Keypair coldkey, Keypair hotkey) {
  private static final int SEED_BYTES = 32;

  /** The one of a name; the same seed gives the same keys. */
  public static Participant of(String name, long seed) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed << 32 | crc.getValue());
    return new Participant(name, keypair(random), keypair(random));
  }

  private static Keypair keypair(SplittableRandom random) {
    byte[] secret = new byte[SEED_BYTES];
    random.nextBytes(secret);
    return Keypair.fromSeed(secret).withRandomness(random.split());
  }

  /** The hotkey's. */
  public AccountId account() {
    return hotkey.account();
  }

  /** Writes both keys where Bittensor's tools look for them, unless they are there. */
  public void store(Path wallets) {
    Wallet wallet = new Wallet(wallets, name, "default");
    if (!Files.exists(wallet.coldkeyFile())) {
      wallet.storeColdkey(coldkey);
    }
    if (!Files.exists(wallet.hotkeyFile())) {
      wallet.storeHotkey(hotkey);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
