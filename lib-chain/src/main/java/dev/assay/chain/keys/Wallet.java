package dev.assay.chain.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A wallet in Bittensor's folder layout: {@code ROOT/NAME/coldkey}, {@code coldkeypub.txt}, {@code
 * hotkeys/HOTKEY} and {@code hotkeys/HOTKEYpub.txt}. Keyfiles are read and written only when asked
 * for; all failures are a {@link KeyfileException} of one sentence.
 *
 * @param root usually {@code ~/.bittensor/wallets}
 */
public record Wallet(Path root, String name, String hotkeyName) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  public Wallet {
    requireName(name);
    requireName(hotkeyName);
  }

  /**
   * Creates the coldkey of 12 new words.
   *
   * @param password encrypts the keyfile; without it the keyfile is plain
   * @return the words, to be kept by the owner
   */
  public Mnemonic createColdkey(Optional<char[]> password, SecureRandom random) {
    Mnemonic mnemonic = Mnemonic.generate(random);
    Keypair pair = Keypair.fromMnemonic(mnemonic);
    write(coldkeyFile(), KeyfileContent.secret(pair, Optional.of(mnemonic)), password, random);
    Keyfile.write(coldkeyPublicFile(), KeyfileContent.open(pair.account()));
    return mnemonic;
  }

  /** Creates the hotkey of 12 new words, in a plain keyfile as validators need it. */
  public Mnemonic createHotkey(SecureRandom random) {
    Mnemonic mnemonic = Mnemonic.generate(random);
    Keypair pair = Keypair.fromMnemonic(mnemonic);
    writeHotkey(pair, Optional.of(mnemonic));
    return mnemonic;
  }

  /** Stores a pair that exists as the coldkey, in a plain keyfile. */
  public void storeColdkey(Keypair pair) {
    Keyfile.write(coldkeyFile(), KeyfileContent.secret(pair, Optional.empty()));
    Keyfile.write(coldkeyPublicFile(), KeyfileContent.open(pair.account()));
  }

  /** Stores a pair that exists as the hotkey, in a plain keyfile. */
  public void storeHotkey(Keypair pair) {
    writeHotkey(pair, Optional.empty());
  }

  /** The coldkey; {@code password} is asked only where the keyfile is encrypted. */
  public Keypair coldkey(Supplier<char[]> password) {
    return pair(coldkeyFile(), password);
  }

  /** The hotkey; {@code password} is asked only where the keyfile is encrypted. */
  public Keypair hotkey(Supplier<char[]> password) {
    return pair(hotkeyFile(), password);
  }

  /** The coldkey's account, without its secret. */
  public AccountId coldkeyAccount() {
    return KeyfileContent.account(Keyfile.read(coldkeyPublicFile()));
  }

  /** The hotkey's account, without its secret. */
  public AccountId hotkeyAccount() {
    return KeyfileContent.account(Keyfile.read(hotkeyPublicFile()));
  }

  /** Where the coldkey is. */
  public Path coldkeyFile() {
    return root.resolve(name).resolve("coldkey");
  }

  /** Where the coldkey's account is. */
  public Path coldkeyPublicFile() {
    return root.resolve(name).resolve("coldkeypub.txt");
  }

  /** Where the hotkey is. */
  public Path hotkeyFile() {
    return root.resolve(name).resolve("hotkeys").resolve(hotkeyName);
  }

  /** Where the hotkey's account is. */
  public Path hotkeyPublicFile() {
    return root.resolve(name).resolve("hotkeys").resolve(hotkeyName + "pub.txt");
  }

  private void writeHotkey(Keypair pair, Optional<Mnemonic> mnemonic) {
    Keyfile.write(hotkeyFile(), KeyfileContent.secret(pair, mnemonic));
    Keyfile.write(hotkeyPublicFile(), KeyfileContent.open(pair.account()));
  }

  private static void write(
      Path file, byte[] content, Optional<char[]> password, SecureRandom random) {
    Keyfile.write(
        file,
        password
            .map(secret -> new KeyfileCipher().encrypt(content, secret, random))
            .orElse(content));
  }

  private static Keypair pair(Path file, Supplier<char[]> password) {
    byte[] content = Keyfile.readSecret(file);
    return KeyfileContent.pair(
        KeyfileCipher.isEncrypted(content)
            ? new KeyfileCipher().decrypt(content, password.get())
            : content);
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new KeyfileException(
          "A wallet's or hotkey's name has 1 to 64 letters, digits, dots, dashes or underscores"
              + " and does not start with a dot.");
    }
  }
}
