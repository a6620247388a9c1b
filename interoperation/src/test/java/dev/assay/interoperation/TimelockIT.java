package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.chain.timelock.EpochSchedule;
import dev.assay.chain.timelock.Timelock;
import dev.assay.chain.timelock.WeightsPayload;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Timelock ciphertexts, ours and those of bittensor-drand and bittensor-core, opened with a pulse
 * that drand's quicknet has published: round 1000, checked against {@link DrandChain#QUICKNET}.
 */
class TimelockIT {

  private static final HexFormat HEX = HexFormat.of();
  private static final long ROUND = 1000;
  private static final byte[] SIGNATURE =
      HEX.parseHex(
          "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
              + "e342b73a8dd2bacbe47e4b6b63ed5e39");
  private static final byte[] PLAINTEXT = "not before its time".getBytes(StandardCharsets.UTF_8);
  private static final AccountId HOTKEY = AccountId.fromHex("0x" + "2a".repeat(32));
  private static final EpochSchedule SCHEDULE = new EpochSchedule(100, 0, 4, 50, 10, 110);
  private static JsonNode theirs;

  @BeforeAll
  static void exchange() throws Exception {
    byte[] ours =
        Timelock.encrypt(DrandChain.QUICKNET.publicKey(), ROUND, PLAINTEXT, new SecureRandom());
    // Their functions carry a ciphertext together with its round: SCALE (Vec<u8>, u64).
    byte[] envelope = new ScaleWriter().byteVec(ours).u64(ROUND).toByteArray();
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("signature", HEX.formatHex(SIGNATURE));
    request.put("round", ROUND);
    request.put("period", 3);
    request.put("genesis", 1_692_803_367);
    request.put("plaintext", HEX.formatHex(PLAINTEXT));
    request.put("envelope", HEX.formatHex(envelope));
    request.put("uids", List.of(0, 1, 5, 65535));
    request.put("weights", List.of(65535, 1, 32768, 0));
    request.put("version_key", 27);
    request.put("hotkey", HEX.formatHex(HOTKEY.bytes()));
    request.put(
        "schedule",
        Map.of(
            "last_epoch_block", 100,
            "pending_epoch_at", 0,
            "subnet_epoch_index", 4,
            "tempo", 50,
            "blocks_since_last_step", 10,
            "current_block", 110,
            "subnet_reveal_period_epochs", 1));
    theirs = PythonScripts.installed().run("timelock.py", request, Map.of(), 120);
    assertThat(theirs).hasSize(2);
  }

  @Test
  void thePulseIsQuicknets() {
    assertThat(DrandChain.QUICKNET.publicKey().verifies(ROUND, SIGNATURE)).isTrue();
    assertThat(DrandChain.QUICKNET.publicKey().verifies(ROUND + 1, SIGNATURE)).isFalse();
  }

  @Test
  void theyOpenOurCiphertext() {
    for (JsonNode library : theirs) {
      assertThat(library.path("opened").asText()).isEqualTo(HEX.formatHex(PLAINTEXT));
    }
  }

  @Test
  void weOpenTheirCiphertext() {
    for (JsonNode library : theirs) {
      ScaleReader envelope = new ScaleReader(HEX.parseHex(library.path("ciphertext").asText()));
      byte[] ciphertext = envelope.byteVec();

      assertThat(envelope.u64()).isEqualTo(ROUND);
      assertThat(Timelock.decrypt(ciphertext, SIGNATURE)).isEqualTo(PLAINTEXT);
    }
  }

  @Test
  void weReadTheWeightsOfTheirCommit() {
    WeightsPayload expected =
        new WeightsPayload(
            Optional.of(HOTKEY), List.of(0, 1, 5, 65535), List.of(65535, 1, 32768, 0), 27);
    for (JsonNode library : theirs) {
      JsonNode past = library.path("past");
      byte[] payload = Timelock.decrypt(HEX.parseHex(past.path("commit").asText()), SIGNATURE);

      assertThat(past.path("round").asLong()).isEqualTo(ROUND);
      assertThat(WeightsPayload.decode(payload)).isEqualTo(expected);
      assertThat(expected.encode()).isEqualTo(payload);
    }
  }

  @Test
  void theRoundOfACommitIsTheSame() {
    for (JsonNode library : theirs) {
      Instant now = Instant.ofEpochMilli((long) (library.path("time").asDouble() * 1000));
      long ours = SCHEDULE.round(DrandChain.QUICKNET, 1, now, Duration.ofSeconds(12));

      // A round is three seconds; between their reading of the clock and ours one may pass.
      assertThat(library.path("now").path("round").asLong()).isBetween(ours - 2, ours);
    }
  }
}
