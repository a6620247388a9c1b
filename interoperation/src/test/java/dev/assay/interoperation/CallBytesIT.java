package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.subtensor.Calls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The calls of a miner, byte by byte as the bittensor SDK builds them. The SDK reads metadata up to
 * version 15, and the recorded one of the main network is 16: the SDK builds on the localnet's, and
 * our client on both.
 */
class CallBytesIT {
  private static final AccountId HOTKEY = ValidatorDay.account(ValidatorDay.HOTKEY);
  private static final long AMOUNT = 12_345_678_901L;
  private static final long LIMIT = 1_050_000_000L;

  private static final Map<String, Call> CALLS =
      Map.of(
          "burnedRegister", Calls.burnedRegister(ValidatorDay.NETUID, HOTKEY),
          "registerLimit", Calls.registerLimit(ValidatorDay.NETUID, HOTKEY, LIMIT),
          "addStake", Calls.addStake(HOTKEY, ValidatorDay.NETUID, AMOUNT),
          "addStakeLimit", Calls.addStakeLimit(HOTKEY, ValidatorDay.NETUID, AMOUNT, LIMIT),
          "removeStake", Calls.removeStake(HOTKEY, ValidatorDay.NETUID, AMOUNT),
          "removeStakeLimit", Calls.removeStakeLimit(HOTKEY, ValidatorDay.NETUID, AMOUNT, LIMIT),
          "setCommitment",
              Calls.setCommitment(
                  ValidatorDay.NETUID, ValidatorDay.COMMITMENT.getBytes(StandardCharsets.UTF_8)),
          "transfer", Calls.transferKeepAlive(HOTKEY, AMOUNT));

  @Test
  void everyCallHasTheBytesThatTheSdkBuilds() throws Exception {
    byte[] declared;
    try (ValidatorDay day = ValidatorDay.open()) {
      declared = day.metadata();
    }
    JsonNode theirs =
        PythonScripts.installed()
            .run(
                "call_bytes.py",
                Map.of(
                    "metadata",
                    HexFormat.of().formatHex(declared),
                    "spec",
                    1,
                    "netuid",
                    ValidatorDay.NETUID,
                    "hotkey",
                    HOTKEY.ss58(),
                    "amount",
                    AMOUNT,
                    "limit",
                    LIMIT,
                    "commitment",
                    ValidatorDay.COMMITMENT),
                Map.of(),
                120);
    Metadata ours = MetadataParser.parse(declared);
    Metadata recorded =
        MetadataParser.parse(Files.readAllBytes(Places.recorded("metadata/finney-393.v16.scale")));

    CALLS.forEach(
        (name, call) -> {
          String expected = theirs.path(name).asText();
          assertThat(HexFormat.of().formatHex(call.encode(ours))).as(name).isEqualTo(expected);
          if (recorded.hasCall(call.pallet(), call.name())) {
            assertThat(HexFormat.of().formatHex(call.encode(recorded)))
                .as("%s on the recorded metadata", name)
                .isEqualTo(expected);
          }
        });
    assertThat(theirs).hasSize(CALLS.size());
  }
}
