package dev.assay.chain.yuma;

import static dev.assay.chain.yuma.PalletSubnet.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The pallet's own vectors for weights that are hidden from neurons registered after their commit
 * (pallets/subtensor/src/tests/epoch.rs at commit 14bc6f9f9). Each test names the one it takes its
 * numbers from.
 */
class PalletCommitMaskTest {
  private static final int U16_MAX = 65535;

  /** test_epoch_masks_incoming_to_sniped_uid_prevents_inheritance. */
  @Test
  void aCommitFromBeforeARegistrationGivesTheNewNeuronNothing() {
    PalletSubnet subnet = committed(21, 10_000, 100, 5_000);
    subnet.block = 22;
    subnet.setWeights(0, new int[] {1}, U16_MAX);
    subnet.epoch();
    subnet.replace(1, 10_000);
    subnet.block = 23;
    subnet.setWeights(0, new int[] {0, 1}, U16_MAX / 2, U16_MAX / 2);

    assertThat(subnet.epoch().get(1).incentive()).isZero();
  }

  /** test_epoch_no_mask_when_commit_reveal_disabled. */
  @Test
  void aCommitHidesNothingOnceCommitRevealIsOff() {
    PalletSubnet subnet = committed(21, 1_000, 1_000);
    subnet.block = 22;
    subnet.replace(1, 1_000);
    subnet.block = 23;
    subnet.setWeights(0, new int[] {1}, U16_MAX);
    assertThat(subnet.epoch().get(1).incentive()).isZero();

    subnet.parameters = parameters(false);
    assertThat(subnet.epoch().get(1).incentive()).isEqualTo(U16_MAX);
  }

  /** test_epoch_does_not_mask_outside_window_but_masks_inside. */
  @Test
  void onlyNeuronsRegisteredAfterTheEarliestLivingCommitAreHidden() {
    PalletSubnet subnet = committed(32, 10_000, 1_000, 1_000, 1_000);
    subnet.neurons.get(1).registeredAt = 8;
    subnet.neurons.get(2).registeredAt = 33;
    subnet.neurons.get(3).registeredAt = 33;
    subnet.block = 34;
    subnet.setWeights(0, range(1, 4), U16_MAX / 3, U16_MAX / 3, U16_MAX / 3);

    List<EpochTerms> terms = subnet.epoch();

    assertThat(terms.get(1).incentive()).isPositive();
    assertThat(terms.get(2).incentive()).isZero();
    assertThat(terms.get(3).incentive()).isZero();
  }

  /** A subnet under commit-reveal whose neuron 0 holds a permit and a commit. */
  private static PalletSubnet committed(long commitBlock, long... stakes) {
    PalletSubnet subnet = new PalletSubnet();
    subnet.parameters = parameters(true);
    LongStream.of(stakes).forEach(subnet::register);
    subnet.neurons.get(0).permit = true;
    subnet.neurons.get(0).earliestCommit = OptionalLong.of(commitBlock);
    return subnet;
  }

  private static YumaParameters parameters(boolean commitReveal) {
    return new YumaParameters(
        10, 5000, 32767, 900_000, U16_MAX, 3, 0, commitReveal, false, Optional.empty());
  }
}
