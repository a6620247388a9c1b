package dev.assay.chain.timelock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import supranational.blst.P1;
import supranational.blst.P2;

class BlsTest {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * The pairing of the generators, whose serialisation by arkworks, blst and noble agree on these
   * digests.
   */
  @Test
  void thePairingIsSerialisedAsArkworksDoes() {
    byte[] pairing = Bls.pairing(P1.generator(), P2.generator());

    assertThat(pairing).hasSize(576);
    byte[] first = Arrays.copyOf(pairing, 48);
    assertThat(HEX.formatHex(new byte[] {first[47], first[46], first[45], first[44]}))
        .isEqualTo("1250ebd8");
    assertThat(HEX.formatHex(Sha256.of(pairing)))
        .isEqualTo("ff9912603bb02b77bc6ec1deaeddf9d1fee40ac17a781fb13c9c6e7a9f74d22b");
  }

  @Test
  void thePairingIsBilinear() {
    BigInteger a = BigInteger.valueOf(1_234_567);
    byte[] left = Bls.pairing(P1.generator().mult(a), P2.generator());
    byte[] right = Bls.pairing(P1.generator(), P2.generator().mult(a));
    assertThat(left).isEqualTo(right);
  }

  @Test
  void bytesThatAreNoCompressedPointAreRefused() {
    assertThatThrownBy(() -> Bls.signature(new byte[47]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("48 bytes");
    assertThatThrownBy(() -> Bls.signature(new byte[48]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("compressed");
    byte[] infinity = new byte[48];
    infinity[0] = (byte) 0xc0;
    assertThatThrownBy(() -> Bls.signature(infinity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a point");
    byte[] offTheCurve = new byte[96];
    Arrays.fill(offTheCurve, (byte) 0x81);
    assertThatThrownBy(() -> Bls.publicKey(offTheCurve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a point");
  }

  /** x = 4 gives a point of the curve over G1's field that is outside the prime-order group. */
  @Test
  void aPointOutsideTheGroupIsRefused() {
    byte[] smallOrder = new byte[48];
    smallOrder[0] = (byte) 0x80;
    smallOrder[47] = 4;
    assertThatThrownBy(() -> Bls.signature(smallOrder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a point of G1");
  }
}
