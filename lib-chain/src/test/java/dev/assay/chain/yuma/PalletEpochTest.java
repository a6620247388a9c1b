package dev.assay.chain.yuma;

import static dev.assay.chain.yuma.PalletSubnet.RAO;
import static dev.assay.chain.yuma.PalletSubnet.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pallet's own epoch vectors under the original Yuma (pallets/subtensor/src/tests/epoch.rs at
 * commit 14bc6f9f9). Each test names the one it takes its numbers from.
 */
class PalletEpochTest {
  private static final int U16_MAX = 65535;

  private static YumaParameters parameters(int tempo, int maxValidators) {
    return new YumaParameters(
        tempo, 5000, 32767, 900_000, U16_MAX, maxValidators, 0, false, false, Optional.empty());
  }

  /**
   * test_1_graph and test_last_update_size_mismatch, whose surplus of stored updates has no place
   * in an input by neuron.
   */
  @Test
  void aLoneNeuronEarnsNothingByItsSelfWeight() {
    PalletSubnet subnet = new PalletSubnet();
    subnet.register(1_000_000_000);
    subnet.block++;
    subnet.setWeights(0, new int[] {0}, U16_MAX);

    EpochTerms terms = subnet.epoch().get(0);

    assertThat(terms.consensus()).isZero();
    assertThat(terms.incentive()).isZero();
    assertThat(terms.dividends()).isZero();
  }

  /** test_10_graph. */
  @Test
  void selfWeightsOfEqualStakeShareTheEmissionByStake() {
    PalletSubnet subnet = new PalletSubnet();
    for (int uid = 0; uid < 10; uid++) {
      subnet.register(1);
    }
    subnet.block++;
    for (int uid = 0; uid < 10; uid++) {
      subnet.setWeights(uid, new int[] {uid}, U16_MAX);
    }

    for (EpochTerms terms : subnet.epoch()) {
      assertThat(terms.consensus()).isZero();
      assertThat(terms.incentive()).isZero();
      assertThat(terms.dividends()).isZero();
      assertThat(terms.emission()).isEqualTo(99_999_999);
    }
  }

  /** test_512_graph; validators first, or one in eight. */
  @ParameterizedTest
  @CsvSource({"0,false", "0,true", "1,false", "1,true"})
  void uniformWeightsOn512NeuronsPayEverybodyOfAKindAlike(
      int interleave, boolean serverSelfWeights) {
    int[] validators =
        Arrays.stream(range(0, 512))
            .filter(uid -> interleave == 0 ? uid < 64 : uid % 8 == 0)
            .toArray();
    int[] servers =
        Arrays.stream(range(0, 512))
            .filter(uid -> interleave == 0 ? uid >= 64 : uid % 8 != 0)
            .toArray();
    PalletSubnet subnet = new PalletSubnet();
    subnet.parameters = parameters(0xfffe, 64);
    for (int uid : range(0, 512)) {
      subnet.register(Arrays.binarySearch(validators, uid) >= 0 ? 328_125_000_000_000L : 0);
    }
    subnet.epoch();
    subnet.block++;
    int[] uniform = new int[servers.length];
    Arrays.fill(uniform, U16_MAX / 512);
    for (int uid : validators) {
      subnet.setWeights(uid, servers, uniform);
    }
    if (serverSelfWeights) {
      Arrays.stream(servers).forEach(uid -> subnet.setWeights(uid, new int[] {uid}, U16_MAX));
    }

    subnet.epoch();
    subnet.epoch();
    List<EpochTerms> terms = subnet.epoch();

    for (int uid : validators) {
      assertThat(terms.get(uid).consensus()).isZero();
      assertThat(terms.get(uid).incentive()).isZero();
      assertThat(terms.get(uid).dividends()).isEqualTo(1023);
      assertThat(terms.get(uid).emission()).isEqualTo(7_812_500);
      assertThat(subnet.bond(uid, validators[0])).isZero();
      assertThat(subnet.bond(uid, servers[0])).isEqualTo(U16_MAX);
    }
    for (int uid : servers) {
      assertThat(terms.get(uid).consensus()).isEqualTo(146);
      assertThat(terms.get(uid).incentive()).isEqualTo(146);
      assertThat(terms.get(uid).dividends()).isZero();
      assertThat(terms.get(uid).emission()).isEqualTo(1_116_071);
      assertThat(terms.get(uid).bonds()).isEmpty();
    }
  }

  /** test_bonds: its assertions, and the emissions and dividends that its comments record. */
  @Test
  void bondsFollowWeightsOverSevenEpochs() {
    PalletSubnet subnet = PalletSubnet.withPermits(parameters(1, 8), 1, 2, 3, 4, 0, 0, 0, 0);
    for (int uid = 0; uid < 4; uid++) {
      subnet.setWeights(uid, range(4, 8), U16_MAX / 4, U16_MAX / 2, U16_MAX / 4 * 3, U16_MAX);
    }
    long[] emission = emission(subnet.epoch());
    assertThat(emission)
        .containsExactly(
            49999998, 99999999, 150000000, 200000001, 49998779, 100000610, 149996337, 200004272);
    assertBonds(subnet, 4, 16383, 32767, 49151, 65535);

    subnet.setWeights(0, new int[] {0}, U16_MAX);
    emission = nextEpoch(subnet);
    assertThat(emission)
        .containsExactly(
            44998351, 101110561, 151667215, 202223870, 49998779, 100000610, 149996337, 200004272);
    assertBonds(subnet, 4, 14582, 32767, 49151, 65535);

    subnet.setWeights(1, new int[] {1}, U16_MAX);
    emission = nextEpoch(subnet);
    assertThat(emission)
        .containsExactly(
            40496805, 90999783, 157929636, 210573773, 49998779, 100000610, 149996337, 200004272);
    assertBonds(subnet, 4, 12603, 28321, 49151, 65535);

    subnet.setWeights(2, new int[] {2}, U16_MAX);
    emission = nextEpoch(subnet);
    assertThat(emission).containsExactly(99999999, 199999999, 299999999, 399999999, 0, 0, 0, 0);
    assertBonds(subnet, 7, 12602, 28320, 49150, 65535);

    subnet.setWeights(2, new int[] {7}, U16_MAX);
    emission = nextEpoch(subnet);
    assertThat(emission)
        .containsExactly(36443733, 81898628, 163565493, 218092144, 0, 0, 0, 500000000);
    assertBonds(subnet, 7, 10951, 24609, 49150, 65535);

    emission = nextEpoch(subnet);
    assertThat(emission)
        .containsExactly(32799427, 73706612, 168638129, 224855830, 0, 0, 0, 500000000);
    assertBonds(subnet, 7, 9559, 21482, 49150, 65535);

    emission = nextEpoch(subnet);
    assertThat(emission)
        .containsExactly(29518068, 66336137, 173203134, 230942659, 0, 0, 0, 500000000);
    assertBonds(subnet, 7, 8376, 18824, 49150, 65535);

    emission = nextEpoch(subnet);
    assertThat(emission)
        .containsExactly(26565175, 59701871, 177311856, 236421095, 0, 0, 0, 500000000);
  }

  /** test_active_stake. */
  @Test
  void stakeBehindOutdatedWeightsStopsCountingUntilTheyAreRefreshed() {
    PalletSubnet subnet = new PalletSubnet();
    subnet.block = 0;
    subnet.parameters = parameters(1, 4);
    LongStream.of(1, 1, 1, 1).forEach(subnet::register);
    subnet.epoch();
    subnet.block = 1;
    int[] half = {U16_MAX / 2, U16_MAX / 2};
    subnet.setWeights(0, range(2, 4), half);
    subnet.setWeights(1, range(2, 4), half);
    List<EpochTerms> terms = subnet.epoch();
    assertThat(terms.get(0).dividends()).isEqualTo(32767);
    assertThat(terms.get(1).dividends()).isEqualTo(32767);
    assertThat(emission(terms)).containsOnly(250_000_000);
    assertThat(subnet.neurons.get(0).bonds)
        .containsExactly(new UidValue(2, U16_MAX), new UidValue(3, U16_MAX));
    assertThat(subnet.neurons.get(1).bonds)
        .containsExactly(new UidValue(2, U16_MAX), new UidValue(3, U16_MAX));

    subnet.block = 5002;
    subnet.setWeights(0, range(2, 4), half);
    terms = subnet.epoch();
    assertThat(terms.stream().map(EpochTerms::active)).containsExactly(true, false, false, false);
    assertThat(terms.get(0).dividends()).isEqualTo(36044);
    assertThat(terms.get(1).dividends()).isEqualTo(29490);
    assertThat(emission(terms)).containsExactly(274_999_999, 224_999_999, 250_000_000, 250_000_000);
    assertThat(subnet.neurons.get(0).bonds)
        .containsExactly(new UidValue(2, U16_MAX), new UidValue(3, U16_MAX));
    assertThat(subnet.neurons.get(1).bonds)
        .containsExactly(new UidValue(2, 53619), new UidValue(3, 53619));

    subnet.setWeights(1, range(2, 4), half);
    subnet.block = 5003;
    terms = subnet.epoch();
    assertThat(terms.get(0).dividends()).isEqualTo(35716);
    assertThat(terms.get(1).dividends()).isEqualTo(29818);
    assertThat(emission(terms)).containsExactly(272_501_132, 227_498_866, 250_000_000, 250_000_000);
    assertThat(subnet.neurons.get(0).bonds)
        .containsExactly(new UidValue(2, U16_MAX), new UidValue(3, U16_MAX));
    assertThat(subnet.neurons.get(1).bonds)
        .containsExactly(new UidValue(2, 54712), new UidValue(3, 54712));
  }

  /** test_outdated_weights. */
  @Test
  void weightsAboutAReplacedNeuronDoNotCountForItsSuccessor() {
    PalletSubnet subnet = PalletSubnet.withPermits(parameters(0, 4), 1, 1, 1, 1);
    int[] twoThirds = {2 * (U16_MAX / 3), U16_MAX / 3};
    subnet.setWeights(0, range(2, 4), twoThirds);
    subnet.setWeights(1, range(2, 4), twoThirds);
    subnet.setWeights(2, new int[] {2}, U16_MAX);
    subnet.setWeights(3, new int[] {3}, U16_MAX);
    assertThat(emission(subnet.epoch()))
        .containsExactly(250_000_000, 250_000_000, 333_331_637, 166_668_361);

    subnet.replace(3, 0);
    subnet.block++;
    subnet.setWeights(0, range(2, 4), twoThirds);
    List<EpochTerms> terms = subnet.epoch();

    assertThat(terms.get(0).dividends()).isEqualTo(32767);
    assertThat(emission(terms)).containsExactly(250_000_000, 250_000_000, 500_000_000, 0);
    assertThat(subnet.bond(0, 2)).isEqualTo(U16_MAX);
    assertThat(subnet.bond(0, 3)).isEqualTo(U16_MAX);
  }

  /** test_zero_weights. */
  @Test
  void withoutWeightsThatCountEmissionFollowsStake() {
    PalletSubnet subnet = new PalletSubnet();
    subnet.block = 0;
    subnet.register(1);
    subnet.register(0);
    assertThat(emission(subnet.epoch())).containsExactly(RAO, 0);

    subnet.block = 1;
    subnet.setWeights(1, new int[] {1}, U16_MAX);
    assertThat(emission(subnet.epoch())).containsExactly(RAO, 0);

    subnet.block = 2;
    subnet.setWeights(0, new int[] {1}, U16_MAX);
    subnet.replace(1, 0);
    assertThat(emission(subnet.epoch())).containsExactly(RAO, 0);

    subnet.block = 3;
    subnet.setWeights(0, new int[] {1}, U16_MAX);
    assertThat(emission(subnet.epoch())).containsExactly(RAO / 2, RAO / 2);
  }

  /** test_deregistered_miner_bonds. */
  @Test
  void bondsToANeuronRegisteredSinceTheLastEpochAreCleared() {
    PalletSubnet subnet = PalletSubnet.withPermits(parameters(0xfffe, 4), 1, 1, 1, 1);
    int[] twoThirds = {2 * (U16_MAX / 3), U16_MAX / 3};
    subnet.setWeights(0, range(2, 4), twoThirds);
    subnet.setWeights(1, range(2, 4), twoThirds);
    subnet.block += 2;
    subnet.parameters = parameters(2, 4);
    subnet.epoch();
    int toFirst = subnet.bond(0, 2);
    int toSecond = subnet.bond(0, 3);
    assertThat(toFirst).isPositive();
    assertThat(toSecond).isPositive();

    subnet.block++;
    subnet.replace(3, 0);
    subnet.setWeights(0, range(2, 4), twoThirds);
    subnet.setWeights(1, range(2, 4), twoThirds);
    subnet.block++;
    subnet.epoch();

    assertThat(subnet.bond(0, 2)).isGreaterThanOrEqualTo(toFirst);
    assertThat(subnet.bond(0, 3)).isLessThanOrEqualTo(toSecond);
  }

  /** test_validator_permits; validators first, or interleaved with servers. */
  @ParameterizedTest
  @CsvSource({
    "0,2,1,0", "0,4,2,0", "0,8,4,0", "0,2,1,1", "0,4,2,1", "0,8,4,1", "1,2,1,0", "1,4,2,0",
    "1,8,4,0", "1,2,1,1", "1,4,2,1", "1,8,4,1"
  })
  void permitsGoToTheHighestStakeAboveTheThreshold(
      int interleave, int n, int validators, int assignment) {
    PalletSubnet subnet = new PalletSubnet();
    subnet.parameters =
        new YumaParameters(
            0xfffe,
            5000,
            32767,
            900_000,
            U16_MAX,
            validators,
            validators,
            true,
            false,
            Optional.empty());
    boolean[] isValidator = new boolean[n];
    for (int uid = 0; uid < n; uid++) {
      isValidator[uid] = interleave == 0 ? uid < validators : uid % (n / validators) == 0;
      long ofValidator = assignment == 1 ? uid + n : 1;
      long ofServer = assignment == 1 ? uid : 0;
      subnet.register(isValidator[uid] ? ofValidator : ofServer);
    }
    List<EpochTerms> terms = subnet.epoch();
    for (int uid = 0; uid < n; uid++) {
      boolean enough = subnet.neurons.get(uid).stake.toU64() >= validators;
      assertThat(terms.get(uid).validatorPermit()).isEqualTo(isValidator[uid] && enough);
    }

    for (int uid = 0; uid < n; uid++) {
      if (!isValidator[uid]) {
        subnet.neurons.get(uid).stake = subnet.neurons.get(uid).stake.plus(I64F64.ofU64(2L * n));
      }
    }
    subnet.block++;
    terms = subnet.epoch();
    for (int uid = 0; uid < n; uid++) {
      assertThat(terms.get(uid).validatorPermit()).isEqualTo(!isValidator[uid]);
    }
  }

  /** test_can_set_self_weight_as_subnet_owner, under both versions of Yuma. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theOwnersSelfWeightCounts(boolean yuma3) {
    PalletSubnet subnet = new PalletSubnet();
    subnet.parameters =
        new YumaParameters(
            10, 5000, 32767, 900_000, U16_MAX, 128, 0, true, yuma3, Optional.empty());
    subnet.ownerUid = OptionalInt.of(0);
    subnet.register(5_000_000_000_000L);
    subnet.register(0);
    subnet.block = 2;
    subnet.setWeights(0, new int[] {0, 1}, U16_MAX / 2, U16_MAX / 2);

    List<EpochTerms> terms = subnet.epoch();

    assertThat(terms.get(0).serverEmission()).isPositive();
    assertThat(terms.get(0).serverEmission()).isEqualTo(terms.get(1).serverEmission());
  }

  /** test_epoch_outputs_single_staker_registered_no_weights. */
  @Test
  void aSingleStakerWithoutWeightsGetsAllEmission() {
    PalletSubnet subnet = new PalletSubnet();
    subnet.register(1);

    EpochTerms terms = subnet.epoch().get(0);

    assertThat(terms.serverEmission() + terms.validatorEmission()).isCloseTo(RAO, within(1000L));
  }

  private static long[] nextEpoch(PalletSubnet subnet) {
    subnet.block++;
    return emission(subnet.epoch());
  }

  private static long[] emission(List<EpochTerms> terms) {
    return terms.stream().mapToLong(EpochTerms::emission).toArray();
  }

  private static void assertBonds(PalletSubnet subnet, int column, int... expected) {
    int[] actual =
        Arrays.stream(range(0, expected.length)).map(row -> subnet.bond(row, column)).toArray();
    assertThat(actual).containsExactly(expected);
  }
}
