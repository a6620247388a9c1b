package dev.assay.chain.timelock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DrandChainTest {
  private static final byte[] ROUND_1000 =
      HexFormat.of()
          .parseHex(
              "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39");

  @Test
  void quicknetsSignatureOfARoundVerifiesForThatRoundOnly() {
    assertThat(DrandChain.QUICKNET.publicKey().verifies(1000, ROUND_1000)).isTrue();
    assertThat(DrandChain.QUICKNET.publicKey().verifies(1001, ROUND_1000)).isFalse();
  }

  @Test
  void roundsAreWholePeriodsSinceGenesisAndAtLeastOne() {
    Instant genesis = Instant.ofEpochSecond(1_692_803_367);
    assertThat(DrandChain.QUICKNET.roundFor(genesis.minusSeconds(100))).isEqualTo(1);
    assertThat(DrandChain.QUICKNET.roundFor(genesis)).isEqualTo(1);
    assertThat(DrandChain.QUICKNET.roundFor(genesis.plusSeconds(3000))).isEqualTo(1000);
    assertThat(DrandChain.QUICKNET.roundFor(genesis.plusMillis(3002_999))).isEqualTo(1000);
    assertThat(DrandChain.QUICKNET.publishedAt(1000)).isEqualTo(genesis.plusSeconds(2997));
  }

  @Test
  void aPeriodOfNothingIsRefused() {
    assertThatThrownBy(
            () -> new DrandChain(DrandChain.QUICKNET.publicKey(), Instant.EPOCH, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void aBeaconOfOurOwnSignsWhatItsKeyVerifies() {
    Beacon beacon = Beacon.fromSeed(new byte[32]);
    byte[] signature = beacon.signature(7);
    assertThat(beacon.publicKey().verifies(7, signature)).isTrue();
    assertThat(beacon.publicKey().verifies(8, signature)).isFalse();
    assertThat(DrandChain.QUICKNET.publicKey().verifies(7, signature)).isFalse();
    assertThat(Beacon.fromSeed(new byte[32]).signature(7)).isEqualTo(signature);
    assertThat(BeaconKey.of(beacon.publicKey().bytes())).isEqualTo(beacon.publicKey());
  }

  @Test
  void aSecretOutsideTheGroupsOrderIsRefusedAndNeverShown() {
    byte[] one = new byte[32];
    one[31] = 1;
    assertThat(Beacon.fromSecret(one).publicKey().bytes())
        .isEqualTo(supranational.blst.P2.generator().compress());
    assertThat(Beacon.fromSecret(one).toString())
        .isEqualTo("Beacon[publicKey=" + Beacon.fromSecret(one).publicKey() + "]");
    assertThatThrownBy(() -> Beacon.fromSecret(new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] tooGreat = new byte[32];
    java.util.Arrays.fill(tooGreat, (byte) 0xff);
    assertThatThrownBy(() -> Beacon.fromSecret(tooGreat))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
