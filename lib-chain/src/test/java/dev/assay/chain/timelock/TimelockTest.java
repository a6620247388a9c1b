package dev.assay.chain.timelock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelockTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Beacon BEACON = Beacon.fromSeed(new byte[32]);

  @Test
  void ciphertextsOfTheReferenceAreRead() throws IOException {
    JsonNode reference = reference();
    byte[] signature = HEX.parseHex(reference.get("signature").asText());
    assertThat(reference.get("ciphertexts")).hasSize(6);
    for (JsonNode each : reference.get("ciphertexts")) {
      byte[] plaintext = Timelock.decrypt(HEX.parseHex(each.get("ciphertext").asText()), signature);
      assertThat(HEX.formatHex(plaintext)).isEqualTo(each.get("plaintext").asText());
    }
  }

  @Test
  void commitsOfTheReferenceHoldTheirWeights() throws IOException {
    JsonNode reference = reference();
    byte[] signature = HEX.parseHex(reference.get("signature").asText());
    byte[] hotkey = new byte[32];
    for (int i = 0; i < hotkey.length; i++) {
      hotkey[i] = (byte) i;
    }
    WeightsPayload expected =
        new WeightsPayload(
            Optional.of(AccountId.of(hotkey)),
            List.of(0, 1, 5, 65535),
            List.of(65535, 1, 32768, 0),
            27);
    assertThat(reference.get("commits")).hasSize(2);
    for (JsonNode each : reference.get("commits")) {
      byte[] payload = Timelock.decrypt(HEX.parseHex(each.get("ciphertext").asText()), signature);
      assertThat(WeightsPayload.decode(payload)).isEqualTo(expected);
      assertThat(expected.encode()).isEqualTo(payload);
    }
  }

  @Test
  void whatIsEncryptedToARoundOpensWithItsSignatureOnly() {
    byte[] plaintext = {1, 2, 3};
    byte[] wire = Timelock.encrypt(BEACON.publicKey(), 5, plaintext, new SecureRandom());

    assertThat(wire).hasSize(3 + 244);
    assertThat(Timelock.decrypt(wire, BEACON.signature(5))).isEqualTo(plaintext);
    assertThatThrownBy(() -> Timelock.decrypt(wire, BEACON.signature(6)))
        .isInstanceOf(TimelockException.class)
        .hasMessageContaining("round");
    assertThatThrownBy(
            () ->
                Timelock.decrypt(wire, Beacon.fromSeed(HEX.parseHex("01".repeat(32))).signature(5)))
        .isInstanceOf(TimelockException.class);
  }

  @Test
  void aDamagedBodyIsNoticed() {
    byte[] wire = Timelock.encrypt(BEACON.publicKey(), 5, new byte[40], new SecureRandom());
    wire[96 + 40 + 40 + 8 + 8 + 3] ^= 1;
    assertThatThrownBy(() -> Timelock.decrypt(wire, BEACON.signature(5)))
        .isInstanceOf(TimelockException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void bytesBehindTheCiphertextAreIgnoredAsTheRuntimeDoes() {
    byte[] wire = Timelock.encrypt(BEACON.publicKey(), 5, new byte[] {9}, new SecureRandom());
    assertThat(Timelock.decrypt(Arrays.copyOf(wire, wire.length + 5), BEACON.signature(5)))
        .containsExactly(9);
  }

  @Test
  void everyCutCiphertextFailsWithAnOffset() {
    byte[] wire = Timelock.encrypt(BEACON.publicKey(), 5, new byte[3], new SecureRandom());
    for (int length = 0; length < wire.length; length++) {
      byte[] cut = Arrays.copyOf(wire, length);
      assertThatThrownBy(() -> TimelockCiphertext.decode(cut)).isInstanceOf(ScaleException.class);
    }
  }

  @Test
  void hostileLengthsAreRefusedBeforeAnythingIsAllocated() {
    byte[] wire = Timelock.encrypt(BEACON.publicKey(), 5, new byte[3], new SecureRandom());
    for (int offset : new int[] {96, 136, 176, 184, 211, 231}) {
      for (int sign : new int[] {0x7f, 0xff}) {
        byte[] hostile = wire.clone();
        Arrays.fill(hostile, offset, offset + 7, (byte) 0xff);
        hostile[offset + 7] = (byte) sign;
        assertThatThrownBy(() -> TimelockCiphertext.decode(hostile))
            .as("length at %d", offset)
            .isInstanceOf(ScaleException.class);
      }
    }
  }

  @Test
  void aPointThatIsNoneIsAFaultOfTheCiphertext() {
    byte[] wire = Timelock.encrypt(BEACON.publicKey(), 5, new byte[3], new SecureRandom());
    wire[5] ^= 1;
    assertThatThrownBy(() -> Timelock.decrypt(wire, BEACON.signature(5)))
        .isInstanceOfAny(ScaleException.class, TimelockException.class);
    byte[] zeros = wire.clone();
    Arrays.fill(zeros, 0, 96, (byte) 0);
    assertThatThrownBy(() -> Timelock.decrypt(zeros, BEACON.signature(5)))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("G2");
  }

  @Test
  void aPayloadWithoutAHotkeyIsStillRead() {
    WeightsPayload legacy =
        new WeightsPayload(Optional.empty(), List.of(3, 4), List.of(5, 65535), 7);
    assertThat(WeightsPayload.decode(legacy.encode())).isEqualTo(legacy);
    assertThatThrownBy(() -> WeightsPayload.decode(new byte[] {8, 1}))
        .isInstanceOf(ScaleException.class);
  }

  private static JsonNode reference() throws IOException {
    try (InputStream json = TimelockTest.class.getResourceAsStream("reference.json")) {
      return new ObjectMapper().readTree(json);
    }
  }
}
