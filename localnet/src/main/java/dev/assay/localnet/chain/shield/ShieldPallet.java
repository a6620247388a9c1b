package dev.assay.localnet.chain.shield;

import static dev.assay.chain.hash.StorageHasher.TWOX_64_CONCAT;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.PalletError;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.util.List;
import java.util.Optional;

/**
 * {@code MevShield}: the keys to which extrinsics are encrypted, so that no one can read them while
 * they wait. A block's author announces one; it moves through {@code NextKey}, where clients find
 * it, to {@code PendingKey}, whose owner makes the next block and opens what is encrypted to it.
 */
public final class ShieldPallet {
  /** How many blocks after its announcement a key's owner makes the block that it opens. */
  public static final int BLOCKS_TO_USE = 3;

  /** The pool's custom code for what is not an encrypted extrinsic. */
  public static final int FAILED_SHIELDED_TX_PARSING = 23;

  private static final int INDEX = 30;
  private static final int KEY_LENGTH = 1184;
  private static final PalletStorage STORAGE = new PalletStorage("MevShield");
  private static final Events EVENTS = new Events(INDEX);

  private static final Shape<byte[]> KEY = Shapes.boundedBytes(2048);
  private static final Shape<byte[]> AUTHORITY =
      Shapes.wrapper("sp_consensus_aura::sr25519::app_sr25519::Public", Shapes.byteArray(32));

  private static final Plain<byte[]> CURRENT_KEY = STORAGE.optional("CurrentKey", KEY);
  private static final Plain<byte[]> PENDING_KEY = STORAGE.optional("PendingKey", KEY);
  private static final Plain<byte[]> NEXT_KEY = STORAGE.optional("NextKey", KEY);
  private static final SingleMap<byte[], byte[]> AUTHOR_KEYS =
      STORAGE.optionalMap("AuthorKeys", TWOX_64_CONCAT, AUTHORITY, KEY);
  private static final Plain<Long> PENDING_KEY_EXPIRES_AT =
      STORAGE.optional("PendingKeyExpiresAt", Shapes.U32);
  private static final Plain<Long> NEXT_KEY_EXPIRES_AT =
      STORAGE.optional("NextKeyExpiresAt", Shapes.U32);

  private static final EventType ENCRYPTED_SUBMITTED =
      EVENTS.named(0, "EncryptedSubmitted", field("id", Shapes.HASH), field("who", Shapes.ACCOUNT));

  private static final Field<Optional<byte[]>> ENC_KEY = field("enc_key", Shapes.option(KEY));
  private static final Field<byte[]> CIPHERTEXT = field("ciphertext", Shapes.boundedBytes(8192));

  /** The one authority, which makes every block. */
  private static final byte[] AUTHOR = Keypair.fromUri("//Alice").account().bytes();

  private enum Problem implements PalletError {
    BAD_ENC_KEY_LEN,
    UNREACHABLE;

    @Override
    public int pallet() {
      return INDEX;
    }
  }

  private ShieldPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "MevShield",
        INDEX,
        "pallet_shield",
        1,
        STORAGE.items(),
        List.of(
            Call.free(0, "announce_next_key", 33_661_000, ShieldPallet::announce, ENC_KEY),
            Call.paid(1, "submit_encrypted", 207_223_000, ShieldPallet::submit, CIPHERTEXT)),
        EVENTS.types(),
        List.of(Problem.values()),
        List.of());
  }

  /** Whether the call carries an encrypted extrinsic. */
  public static boolean carries(RuntimeCall call) {
    return call.is("MevShield", "submit_encrypted");
  }

  /** The encrypted extrinsic that a call carries, if it is well formed. */
  public static Optional<ShieldedExtrinsic> carried(RuntimeCall call) {
    return carries(call)
        ? ShieldedExtrinsic.parse(call.arguments().get(CIPHERTEXT))
        : Optional.empty();
  }

  /**
   * Whether the author of the next block has the key.
   *
   * @param before the state before that block
   */
  public static boolean due(Storage before, ShieldedExtrinsic shielded) {
    return before.find(PENDING_KEY.key()).filter(shielded::isFor).isPresent();
  }

  // The key of the author after the next is the one that this author announced a block ago.
  private static void announce(Context context, Arguments arguments) {
    context.ensureNone();
    Storage storage = context.storage();
    move(storage, storage.find(PENDING_KEY.key()), CURRENT_KEY);
    move(storage, storage.find(NEXT_KEY.key()), PENDING_KEY);
    move(storage, storage.find(AUTHOR_KEYS.at(AUTHOR)), NEXT_KEY);
    Optional<byte[]> announced = arguments.get(ENC_KEY);
    announced.ifPresent(key -> Problem.BAD_ENC_KEY_LEN.unless(key.length == KEY_LENGTH));
    announced.ifPresentOrElse(
        key -> storage.put(AUTHOR_KEYS.at(AUTHOR), key),
        () -> storage.remove(AUTHOR_KEYS.at(AUTHOR)));
    expire(storage, PENDING_KEY, PENDING_KEY_EXPIRES_AT, context.block() + 2);
    expire(storage, NEXT_KEY, NEXT_KEY_EXPIRES_AT, context.block() + BLOCKS_TO_USE);
  }

  private static void move(Storage storage, Optional<byte[]> key, Plain<byte[]> to) {
    key.ifPresentOrElse(value -> storage.put(to.key(), value), () -> storage.remove(to.key()));
  }

  private static void expire(Storage storage, Plain<byte[]> key, Plain<Long> at, long block) {
    if (storage.has(key.key())) {
      storage.put(at.key(), block);
    } else {
      storage.remove(at.key());
    }
  }

  private static void submit(Context context, Arguments arguments) {
    ScaleWriter submitted = new ScaleWriter().bytes(context.signer().bytes());
    submitted.byteVec(arguments.get(CIPHERTEXT));
    Bytes32 id = new Bytes32(Blake2.blake2b256(submitted.toByteArray()));
    context.deposit(ENCRYPTED_SUBMITTED, id, context.signer());
  }
}
