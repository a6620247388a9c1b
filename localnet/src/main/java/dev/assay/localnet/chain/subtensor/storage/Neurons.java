package dev.assay.localnet.chain.subtensor.storage;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.chain.hash.StorageHasher.IDENTITY;
import static dev.assay.chain.hash.StorageHasher.TWOX_64_CONCAT;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.state.DoubleMap;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.StorageItem.KeyPart;
import java.util.List;

/**
 * What is kept of neurons: by netuid and uid or hotkey; or by netuid, one element a uid. Weights,
 * bonds, incentive and last update are kept once per mechanism: {@link Mechanisms#storageIndex}
 * stands in the place of the netuid.
 */
public final class Neurons {
  public static final PalletStorage ITEMS = new PalletStorage(SubtensorModule.NAME);

  private static final KeyPart<Integer> NUMBER = new KeyPart<>(IDENTITY, U16);
  private static final KeyPart<AccountId> HOTKEY = new KeyPart<>(BLAKE2_128_CONCAT, ACCOUNT);
  private static final Shape<List<Pair<Integer, Integer>>> ROW = vec(Shapes.pair(U16, U16));
  private static final AccountId NOBODY = AccountId.of(new byte[32]);

  public static final DoubleMap<Integer, Integer, AccountId> KEYS =
      ITEMS.map("Keys", NUMBER, NUMBER, ACCOUNT, NOBODY);
  public static final DoubleMap<Integer, AccountId, Integer> UIDS =
      ITEMS.optionalMap("Uids", NUMBER, HOTKEY, U16);
  public static final DoubleMap<AccountId, Integer, Boolean> IS_NETWORK_MEMBER =
      ITEMS.map("IsNetworkMember", HOTKEY, NUMBER, BOOL, false);
  public static final DoubleMap<Integer, Integer, Long> BLOCK_AT_REGISTRATION =
      ITEMS.map("BlockAtRegistration", NUMBER, NUMBER, U64, 0L);
  public static final DoubleMap<Integer, AccountId, AxonInfo> AXONS =
      ITEMS.optionalMap("Axons", NUMBER, HOTKEY, AxonInfo.SHAPE);
  public static final DoubleMap<Integer, AccountId, NeuronCertificate> CERTIFICATES =
      ITEMS.optionalMap("NeuronCertificates", NUMBER, HOTKEY, NeuronCertificate.SHAPE);
  public static final DoubleMap<Integer, AccountId, PrometheusInfo> PROMETHEUS =
      ITEMS.optionalMap("Prometheus", NUMBER, HOTKEY, PrometheusInfo.SHAPE);
  public static final SingleMap<AccountId, ChainIdentity> IDENTITIES =
      ITEMS.optionalMap("IdentitiesV2", BLAKE2_128_CONCAT, ACCOUNT, ChainIdentity.SHAPE);

  public static final SingleMap<Integer, List<Boolean>> ACTIVE = vector("Active", BOOL);
  public static final SingleMap<Integer, List<Boolean>> VALIDATOR_PERMIT =
      vector("ValidatorPermit", BOOL);
  public static final SingleMap<Integer, List<Integer>> CONSENSUS = vector("Consensus", U16);
  public static final SingleMap<Integer, List<Integer>> INCENTIVE = vector("Incentive", U16);
  public static final SingleMap<Integer, List<Integer>> DIVIDENDS = vector("Dividends", U16);
  public static final SingleMap<Integer, List<Integer>> VALIDATOR_TRUST =
      vector("ValidatorTrust", U16);
  public static final SingleMap<Integer, List<Integer>> STAKE_WEIGHT = vector("StakeWeight", U16);
  public static final SingleMap<Integer, List<Long>> EMISSION = vector("Emission", U64);
  public static final SingleMap<Integer, List<Long>> LAST_UPDATE = vector("LastUpdate", U64);

  public static final DoubleMap<Integer, Integer, List<Pair<Integer, Integer>>> WEIGHTS =
      ITEMS.map("Weights", NUMBER, NUMBER, ROW, List.of());
  public static final DoubleMap<Integer, Integer, List<Pair<Integer, Integer>>> BONDS =
      ITEMS.map("Bonds", NUMBER, NUMBER, ROW, List.of());

  private static final KeyPart<Integer> INDEX = new KeyPart<>(TWOX_64_CONCAT, U16);

  public static final DoubleMap<Integer, AccountId, List<HashCommit>> WEIGHT_COMMITS =
      ITEMS.optionalMap(
          "WeightCommits", INDEX, new KeyPart<>(TWOX_64_CONCAT, ACCOUNT), vec(HashCommit.SHAPE));
  public static final DoubleMap<Integer, Long, List<TimelockedCommit>> TIMELOCKED_COMMITS =
      ITEMS.map(
          "TimelockedWeightCommits",
          INDEX,
          new KeyPart<>(TWOX_64_CONCAT, U64),
          vec(TimelockedCommit.SHAPE),
          List.of());

  private Neurons() {}

  /** A neuron's element of a vector, which may be too short to have it. */
  public static <T> T element(List<T> vector, int uid, T absent) {
    return uid < vector.size() ? vector.get(uid) : absent;
  }

  private static <T> SingleMap<Integer, List<T>> vector(String name, Shape<T> element) {
    return ITEMS.map(name, IDENTITY, U16, vec(element), List.of());
  }
}
