package dev.assay.chain.yuma;

import static dev.assay.chain.yuma.PalletSubnet.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The pallet's own Yuma 3 scenarios (pallets/subtensor/src/tests/epoch.rs at commit 14bc6f9f9),
 * within its tolerance of 1e-3. Its helper compares the bonds of no server, because it skips as
 * many columns as a target row has; here they are compared.
 *
 * <p>Three validators choose between server A and server B. A table has one line an epoch: the
 * validators' bonds to the last columns, then the dividends.
 */
class PalletYuma3Test {
  private static final int U16_MAX = 65535;
  private static final double TOLERANCE = 1e-3;
  private static final long[] ONE_BIG_VALIDATOR = {8, 1, 1, 0, 0};
  private static final long[] EQUAL_VALIDATORS = {33, 33, 34, 0, 0};

  /** test_yuma_3_kappa_moves_first. */
  @Test
  void theBigValidatorMovesFirst() {
    run(
        subnet(ONE_BIG_VALIDATOR),
        List.of("AAA", "BAA", "BBA", "BBB", "", ""),
        """
        0.1013 0.0000 / 0.1013 0.0000 / 0.1013 0.0000 | 0.8000 0.1000 0.1000 0.0000 0.0000
        0.0908 0.1013 / 0.3697 0.0000 / 0.3697 0.0000 | 1.0000 0.0000 0.0000 0.0000 0.0000
        0.0815 0.1924 / 0.3170 0.1013 / 0.5580 0.0000 | 0.9382 0.0618 0.0000 0.0000 0.0000
        0.0731 0.2742 / 0.2765 0.1924 / 0.4306 0.1013 | 0.8819 0.0773 0.0407 0.0000 0.0000
        0.0656 0.3478 / 0.2435 0.2742 / 0.3589 0.1924 | 0.8564 0.0844 0.0592 0.0000 0.0000
        0.0588 0.4139 / 0.2157 0.3478 / 0.3089 0.2742 | 0.8418 0.0884 0.0697 0.0000 0.0000
        """);
  }

  /** test_yuma_3_kappa_moves_second. */
  @Test
  void theBigValidatorMovesSecond() {
    run(
        subnet(ONE_BIG_VALIDATOR),
        List.of("AAA", "ABA", "BBA", "BBB", "", ""),
        """
        0.1013 0.0000 / 0.1013 0.0000 / 0.1013 0.0000 | 0.8000 0.1000 0.1000 0.0000 0.0000
        0.1924 0.0000 / 0.0908 0.2987 / 0.1924 0.0000 | 0.8446 0.0498 0.1056 0.0000 0.0000
        0.1715 0.1013 / 0.0815 0.3697 / 0.4336 0.0000 | 0.6868 0.3132 0.0000 0.0000 0.0000
        0.1531 0.1924 / 0.0731 0.4336 / 0.3608 0.1013 | 0.7421 0.2090 0.0489 0.0000 0.0000
        0.1369 0.2742 / 0.0656 0.4910 / 0.3103 0.1924 | 0.7625 0.1706 0.0669 0.0000 0.0000
        0.1225 0.3478 / 0.0588 0.5426 / 0.2712 0.2742 | 0.7730 0.1508 0.0762 0.0000 0.0000
        """);
  }

  /** test_yuma_3_kappa_moves_last. */
  @Test
  void theBigValidatorMovesLast() {
    run(
        subnet(ONE_BIG_VALIDATOR),
        List.of("AAA", "ABA", "ABB", "BBB", "", ""),
        """
        0.1013 0.0000 / 0.1013 0.0000 / 0.1013 0.0000 | 0.8000 0.1000 0.1000 0.0000 0.0000
        0.1924 0.0000 / 0.0908 0.2987 / 0.1924 0.0000 | 0.8446 0.0498 0.1056 0.0000 0.0000
        0.2742 0.0000 / 0.0815 0.5081 / 0.1715 0.2987 | 0.8966 0.0333 0.0701 0.0000 0.0000
        0.2416 0.1013 / 0.0731 0.5580 / 0.1531 0.3697 | 0.4663 0.3210 0.2127 0.0000 0.0000
        0.2141 0.1924 / 0.0656 0.6028 / 0.1369 0.4336 | 0.5976 0.2340 0.1683 0.0000 0.0000
        0.1903 0.2742 / 0.0588 0.6430 / 0.1225 0.4910 | 0.6592 0.1932 0.1475 0.0000 0.0000
        """);
  }

  /** test_yuma_3_one_epoch_switch. */
  @Test
  void oneValidatorStraysForOneEpoch() {
    run(
        subnet(EQUAL_VALIDATORS),
        List.of("AAA", "AAA", "AAB", "AAA", "AAA", "AAA"),
        """
        0.1013 0.0000 / 0.1013 0.0000 / 0.1013 0.0000 | 0.3300 0.3300 0.3400 0.0000 0.0000
        0.1924 0.0000 / 0.1924 0.0000 / 0.1924 0.0000 | 0.3300 0.3300 0.3400 0.0000 0.0000
        0.2742 0.0000 / 0.2742 0.0000 / 0.1715 0.2987 | 0.3782 0.3782 0.2436 0.0000 0.0000
        0.3478 0.0000 / 0.3478 0.0000 / 0.2554 0.2618 | 0.3628 0.3628 0.2745 0.0000 0.0000
        0.4139 0.0000 / 0.4139 0.0000 / 0.3309 0.2312 | 0.3541 0.3541 0.2917 0.0000 0.0000
        0.4733 0.0000 / 0.4733 0.0000 / 0.3987 0.2051 | 0.3487 0.3487 0.3026 0.0000 0.0000
        """);
  }

  /** test_yuma_3_liquid_alpha_disabled. */
  @Test
  void withoutLiquidAlphaAllBondsFollowAtOneRate() {
    PalletSubnet subnet = subnet(EQUAL_VALIDATORS);
    subnet.parameters = parameters(Optional.empty());
    run(
        subnet,
        List.of("AAA", "AAA", "AAB", "AAA", "AAA", "AAA"),
        """
        0.0000 0.0250 0.0000 / 0.0000 0.0250 0.0000 / 0.0000 0.0250 0.0000 | 0.3300 0.3300 0.3400 0.0000 0.0000
        0.0000 0.0494 0.0000 / 0.0000 0.0494 0.0000 / 0.0000 0.0494 0.0000 | 0.3300 0.3300 0.3400 0.0000 0.0000
        0.0000 0.0731 0.0000 / 0.0000 0.0731 0.0000 / 0.0000 0.0481 0.0250 | 0.3734 0.3734 0.2532 0.0000 0.0000
        0.0000 0.0963 0.0000 / 0.0000 0.0963 0.0000 / 0.0000 0.0719 0.0244 | 0.3611 0.3611 0.2779 0.0000 0.0000
        0.0000 0.1189 0.0000 / 0.0000 0.1189 0.0000 / 0.0000 0.0951 0.0238 | 0.3541 0.3541 0.2919 0.0000 0.0000
        0.0000 0.1409 0.0000 / 0.0000 0.1409 0.0000 / 0.0000 0.1178 0.0232 | 0.3495 0.3495 0.3009 0.0000 0.0000
        """);
  }

  /** test_yuma_3_stable_miner. */
  @Test
  void aServerThatAllKeepWeightingIsNotDisturbed() {
    run(
        subnet(8, 1, 1, 0, 0, 0),
        List.of("AAA", "ABA", "BBA", "BBB", "", ""),
        """
        0.0507 0.0000 0.0507 / 0.0507 0.0000 0.0507 / 0.0507 0.0000 0.0507 | 0.8000 0.1000 0.1000 0.0000 0.0000 0.0000
        0.0962 0.0000 0.0962 / 0.0455 0.1000 0.0962 / 0.0962 0.0000 0.0962 | 0.8226 0.0745 0.1028 0.0000 0.0000 0.0000
        0.0863 0.0507 0.1371 / 0.0408 0.1405 0.1371 / 0.1770 0.0000 0.1371 | 0.7750 0.1685 0.0565 0.0000 0.0000 0.0000
        0.0774 0.0962 0.1739 / 0.0367 0.1770 0.1739 / 0.1579 0.0507 0.1739 | 0.7864 0.1372 0.0764 0.0000 0.0000 0.0000
        0.0694 0.1371 0.2069 / 0.0329 0.2097 0.2069 / 0.1411 0.0962 0.2069 | 0.7912 0.1241 0.0847 0.0000 0.0000 0.0000
        0.0623 0.1739 0.2366 / 0.0296 0.2391 0.2366 / 0.1263 0.1371 0.2366 | 0.7937 0.1173 0.0890 0.0000 0.0000 0.0000
        """);
  }

  /** test_yuma_3_bonds_reset: the bonds to server A are cleared before epoch 20. */
  @Test
  void bondsStartAgainAfterAReset() {
    PalletSubnet subnet = subnet(ONE_BIG_VALIDATOR);
    List<String> targets =
        lines(
            """
            0.1013 0.0000 / 0.1013 0.0000 / 0.1013 0.0000 | 0.8000 0.1000 0.1000 0.0000 0.0000
            0.1924 0.0000 / 0.0908 0.2987 / 0.0908 0.2987 | 0.8944 0.0528 0.0528 0.0000 0.0000
            0.1715 0.1013 / 0.0815 0.3697 / 0.0815 0.3697 | 0.5230 0.2385 0.2385 0.0000 0.0000
            0.0269 0.8539 / 0.0131 0.8975 / 0.0131 0.8975 | 0.7919 0.1040 0.1040 0.0000 0.0000
            0.0000 0.8687 / 0.0000 0.9079 / 0.0000 0.9079 | 0.7928 0.1036 0.1036 0.0000 0.0000
            0.0000 0.8820 / 0.2987 0.6386 / 0.2987 0.6386 | 0.8467 0.0766 0.0766 0.0000 0.0000
            0.8687 0.0578 / 0.9079 0.0523 / 0.9079 0.0523 | 0.7928 0.1036 0.1036 0.0000 0.0000
            """);
    Map<Integer, Integer> lineOfEpoch = Map.of(0, 0, 1, 1, 2, 2, 19, 3, 20, 4, 21, 5, 40, 6);
    for (int epoch = 0; epoch <= 40; epoch++) {
      setWeights(subnet, choiceUntilReset(epoch));
      if (epoch == 20) {
        subnet.neurons.forEach(
            n -> n.bonds = n.bonds.stream().filter(cell -> cell.uid() != 3).toList());
      }
      List<EpochTerms> terms = nextEpoch(subnet);
      if (lineOfEpoch.containsKey(epoch)) {
        assertMatches(subnet, terms, targets.get(lineOfEpoch.get(epoch)));
      }
    }
  }

  private static String choiceUntilReset(int epoch) {
    if (epoch == 1) {
      return "ABB";
    }
    if (epoch >= 2 && epoch <= 20) {
      return "BBB";
    }
    return epoch == 21 ? "BAA" : "AAA";
  }

  private static PalletSubnet subnet(long... stakes) {
    PalletSubnet subnet = new PalletSubnet();
    subnet.parameters = parameters(Optional.of(new LiquidAlpha(6553, 19660, 1000)));
    Arrays.stream(stakes).forEach(subnet::register);
    nextEpoch(subnet);
    return subnet;
  }

  private static YumaParameters parameters(Optional<LiquidAlpha> alpha) {
    return new YumaParameters(1, 5000, U16_MAX / 2, 975_000, 0, 3, 0, false, true, alpha);
  }

  private static List<EpochTerms> nextEpoch(PalletSubnet subnet) {
    subnet.block++;
    return subnet.epoch();
  }

  private static void run(PalletSubnet subnet, List<String> choices, String table) {
    List<String> targets = lines(table);
    for (int epoch = 0; epoch < targets.size(); epoch++) {
      setWeights(subnet, choices.get(epoch));
      assertMatches(subnet, nextEpoch(subnet), targets.get(epoch));
    }
  }

  private static List<String> lines(String table) {
    return table.lines().toList();
  }

  /**
   * One letter a validator; no letters leave the weights as they are. With three servers half goes
   * to the last in any case.
   */
  private static void setWeights(PalletSubnet subnet, String choices) {
    for (int uid = 0; uid < choices.length(); uid++) {
      boolean isA = choices.charAt(uid) == 'A';
      if (subnet.neurons.size() == 6) {
        int half = U16_MAX / 2;
        subnet.setWeights(uid, range(3, 6), isA ? half : 0, isA ? 0 : half, half);
      } else {
        subnet.setWeights(uid, range(3, 5), isA ? U16_MAX : 0, isA ? 0 : U16_MAX);
      }
    }
  }

  private static void assertMatches(PalletSubnet subnet, List<EpochTerms> terms, String target) {
    String[] parts = target.split(" \\| ", -1);
    String[] rows = parts[0].split(" / ", -1);
    int n = subnet.neurons.size();
    for (int uid = 0; uid < rows.length; uid++) {
      int row = uid;
      double[] expected = numbers(rows[uid]);
      int[] bonds =
          IntStream.range(n - expected.length, n).map(column -> subnet.bond(row, column)).toArray();
      assertShares(bonds, expected);
    }
    assertShares(terms.stream().mapToInt(EpochTerms::dividends).toArray(), numbers(parts[1]));
  }

  private static void assertShares(int[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      long difference = I32F32.ofU16Proportion(actual[i]) - Fixed.of(expected[i]);
      assertThat(Math.abs(difference))
          .as("element %d, %d of 65535", i, actual[i])
          .isLessThanOrEqualTo(Fixed.of(TOLERANCE));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.trim().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
