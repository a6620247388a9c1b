package dev.assay.chain.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for any subnet. Subnets are drawn from a seed, with gaps, replaced neurons and
 * unordered rows.
 */
class YumaPropertyTest {
  private static final long EMISSION = 1_000_000_000_000L;

  /** The pallet asks the same of itself in test_512_graph_random_weights. */
  @Property(tries = 300)
  void theSparseEpochEqualsTheDenseOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int n, @ForAll boolean yuma3) {
    YumaInput input = subnet(new Random(seed), n, yuma3, Optional.empty());
    Standing standing = new Standing(input);
    DenseYuma dense = new DenseYuma(input, standing.activeStake, standing.permits);

    List<EpochTerms> terms = Yuma.epoch(input);

    for (int uid = 0; uid < n; uid++) {
      assertThat(terms.get(uid).incentive())
          .isEqualTo(I32F32.toU16Proportion(dense.incentive[uid]));
      assertThat(terms.get(uid).dividends())
          .isEqualTo(I32F32.toU16Proportion(dense.dividends[uid]));
      if (terms.get(uid).validatorPermit()) {
        assertThat(bonds(terms.get(uid), n))
            .isEqualTo(FixedVector.toU16Proportions(dense.storedBonds[uid]));
      }
    }
  }

  @Property(tries = 300)
  void noMoreThanTheEmissionIsPaidAndOnlyRoundingIsLost(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 24) int n,
      @ForAll boolean yuma3,
      @ForAll boolean liquid) {
    Optional<LiquidAlpha> alpha =
        liquid ? Optional.of(new LiquidAlpha(6553, 58982, 1000)) : Optional.empty();
    YumaInput input = subnet(new Random(seed), n, yuma3, alpha);

    List<EpochTerms> terms = Yuma.epoch(input);

    long paid =
        terms.stream().mapToLong(term -> term.serverEmission() + term.validatorEmission()).sum();
    boolean anyStake = input.neurons().stream().anyMatch(neuron -> neuron.stake().toU64() > 0);
    assertThat(paid).isLessThanOrEqualTo(EMISSION);
    assertThat(paid).isGreaterThanOrEqualTo(anyStake ? EMISSION - 1_000_000 : 0);
    assertThat(terms.stream().filter(EpochTerms::validatorPermit).count())
        .isLessThanOrEqualTo(
            input.parameters().maxValidators() + input.ownerUid().stream().count());
    assertThat(Yuma.epoch(input)).isEqualTo(terms);
  }

  private static int[] bonds(EpochTerms terms, int n) {
    int[] dense = new int[n];
    terms.bonds().forEach(cell -> dense[cell.uid()] = cell.value());
    return dense;
  }

  private static YumaInput subnet(
      Random random, int n, boolean yuma3, Optional<LiquidAlpha> alpha) {
    int penalty = random.nextBoolean() ? random.nextInt(65536) : 65535 * random.nextInt(2);
    YumaParameters parameters =
        new YumaParameters(
            10,
            50,
            1 + random.nextInt(65535),
            random.nextInt(1_000_001),
            penalty,
            1 + random.nextInt(n),
            0,
            false,
            yuma3,
            alpha);
    List<YumaNeuron> neurons = new ArrayList<>();
    for (int uid = 0; uid < n; uid++) {
      long stake = random.nextInt(3) == 0 ? 0 : random.nextLong() >>> (4 + random.nextInt(40));
      neurons.add(
          new YumaNeuron(
              I64F64.ofU64(stake),
              OptionalLong.of(40 + random.nextInt(60)),
              30 + random.nextInt(70),
              random.nextInt(4) != 0,
              OptionalLong.empty(),
              row(random, n),
              row(random, n)));
    }
    OptionalInt owner =
        random.nextBoolean() ? OptionalInt.of(random.nextInt(n)) : OptionalInt.empty();
    return new YumaInput(100, random.nextBoolean() ? 0 : 90, EMISSION, owner, parameters, neurons);
  }

  private static List<UidValue> row(Random random, int n) {
    List<Integer> uids = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    java.util.Collections.shuffle(uids, random);
    return uids.stream()
        .limit(random.nextInt(n + 1))
        .map(uid -> new UidValue(uid, random.nextInt(5) == 0 ? 0 : random.nextInt(65536)))
        .toList();
  }
}
