package dev.assay.chain.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    storeColdkey(KeySecret.of(mnemonic), password, random, false);
    return mnemonic;
  }

  /** Creates the hotkey of 12 new words, in a plain keyfile as validators need it. */
  public Mnemonic createHotkey(SecureRandom random) {
    Mnemonic mnemonic = Mnemonic.generate(random);
    storeHotkey(KeySecret.of(mnemonic), Optional.empty(), random, false);
    return mnemonic;
  }

  /** Stores a pair that exists as the coldkey, in a plain keyfile. */
  public void storeColdkey(Keypair pair) {
    storeColdkey(KeySecret.of(pair), Optional.empty(), new SecureRandom(), false);
  }

  /** Stores a pair that exists as the hotkey, in a plain keyfile. */
  public void storeHotkey(Keypair pair) {
    storeHotkey(KeySecret.of(pair), Optional.empty(), new SecureRandom(), false);
  }

  /**
   * Stores a secret as the coldkey, and its account beside it.
   *
   * @param password encrypts the keyfile; without it the keyfile is plain
   * @param replace whether it may take the place of a coldkey that is there
   */
  public void storeColdkey(
      KeySecret secret, Optional<char[]> password, SecureRandom random, boolean replace) {
    store(coldkeyFile(), coldkeyPublicFile(), secret, password, random, replace);
  }

  /** Stores a secret as the hotkey, and its account beside it; as with the coldkey. */
  public void storeHotkey(
      KeySecret secret, Optional<char[]> password, SecureRandom random, boolean replace) {
    store(hotkeyFile(), hotkeyPublicFile(), secret, password, random, replace);
  }

  /** Stores the coldkey's account alone, on a machine that is to know no more. */
  public void storeColdkeyAccount(AccountId account, boolean replace) {
    Keyfile.write(coldkeyPublicFile(), KeyfileContent.open(account), replace);
  }

  /** Stores the hotkey's account alone, on a machine that is to know no more. */
  public void storeHotkeyAccount(AccountId account, boolean replace) {
    Keyfile.write(hotkeyPublicFile(), KeyfileContent.open(account), replace);
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

  /** How a key of a wallet is kept. */
  public enum Kept {
    /** Without a password. */
    PLAIN,
    /** Under a password. */
    ENCRYPTED,
    /** Elsewhere: only its account is here. */
    ADDRESS_ONLY
  }

  /** The wallets of a folder, by name, none where there is no folder. */
  public static List<Wallet> in(Path root) {
    return names(root).stream().map(name -> new Wallet(root, name, "default")).toList();
  }

  /** This wallet once for each hotkey that it has, by name. */
  public List<Wallet> withEachHotkey() {
    return names(hotkeyFile().getParent()).stream()
        .map(each -> each.replaceFirst("pub\\.txt$", ""))
        .distinct()
        .map(each -> new Wallet(root, name, each))
        .toList();
  }

  /** How the coldkey is kept. */
  public Kept coldkeyKept() {
    return kept(coldkeyFile());
  }

  /** How the hotkey is kept. */
  public Kept hotkeyKept() {
    return kept(hotkeyFile());
  }

  private static Kept kept(Path file) {
    if (!Files.exists(file)) {
      return Kept.ADDRESS_ONLY;
    }
    return KeyfileCipher.isEncrypted(Keyfile.readSecret(file)) ? Kept.ENCRYPTED : Kept.PLAIN;
  }

  /** Names that a wallet or a key can have. */
  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(NAME.asMatchPredicate())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the folder " + folder, unreadable);
    }
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

  /** An account that stands alone belongs to the secret that joins it, or keeps it out. */
  private static void store(
      Path file,
      Path publicFile,
      KeySecret secret,
      Optional<char[]> password,
      SecureRandom random,
      boolean replace) {
    AccountId account = secret.pair().account();
    boolean known =
        Files.exists(publicFile)
            && KeyfileContent.account(Keyfile.read(publicFile)).equals(account);
    if (Files.exists(publicFile) && !known && !replace) {
      throw Keyfile.taken(publicFile);
    }
    byte[] content = KeyfileContent.secret(secret.pair(), secret.mnemonic());
    Keyfile.write(
        file,
        password.map(word -> new KeyfileCipher().encrypt(content, word, random)).orElse(content),
        replace);
    if (!known) {
      Keyfile.write(publicFile, KeyfileContent.open(account), replace);
    }
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
