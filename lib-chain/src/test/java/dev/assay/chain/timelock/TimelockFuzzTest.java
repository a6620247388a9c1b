package dev.assay.chain.timelock;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.chain.scale.ScaleException;
import java.util.Arrays;

/**
 * Hostile commits: the wire form, the payload inside, and points for a native library that trusts
 * its caller.
 */
class TimelockFuzzTest {
  private static final byte[] SIGNATURE = Beacon.fromSeed(new byte[32]).signature(1);

  /** What is read is written in the same bytes. */
  @FuzzTest
  void aCiphertextIsReadOrRefusedWithAnOffset(byte[] wire) {
    try {
      byte[] written = TimelockCiphertext.decode(wire).encode();
      assertThat(written).isEqualTo(Arrays.copyOf(wire, written.length));
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, wire.length);
    }
  }

  @FuzzTest
  void aCiphertextIsOpenedOrRefused(byte[] wire) {
    try {
      assertThat(Timelock.decrypt(wire, SIGNATURE).length).isLessThan(wire.length);
    } catch (ScaleException | TimelockException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @FuzzTest
  void aPayloadIsReadOrRefusedWithAnOffset(byte[] payload) {
    try {
      WeightsPayload weights = WeightsPayload.decode(payload);
      assertThat(2 * weights.uids().size() + 2 * weights.values().size())
          .isLessThanOrEqualTo(payload.length);
    } catch (ScaleException refused) {
      assertThat(refused.offset()).isBetween(0, payload.length);
    }
  }

  @FuzzTest
  void bytesAreAPointOrRefused(byte[] bytes) {
    try {
      assertThat(Bls.signature(bytes).compress()).isEqualTo(bytes);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
    try {
      assertThat(Bls.publicKey(bytes).compress()).isEqualTo(bytes);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }
}
