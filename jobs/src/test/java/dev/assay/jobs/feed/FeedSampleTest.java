package dev.assay.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Keypair;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FeedSampleTest {
  private static final int NETUID = 18;

  /** The id of docs/feed.md's example. */
  private static final String ID =
      "e782a033529abec0362f81575b8f185d95263e3299bd4134ec21e2fdc23ddcfe";

  private static final Keypair ASKER = Keypair.fromUri("//Alice");
  private static final String ANSWERER = Keypair.fromUri("//Bob").account().ss58();

  private static ObjectNode answered() {
    byte[] signed =
        ByteBuffer.allocate(96)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("assay-sample-2".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) NETUID)
            .putLong(1)
            .putLong(1_700_000_012_000L)
            .put(HexFormat.of().parseHex(ID))
            .put(Keypair.fromUri("//Bob").account().bytes())
            .array();
    return new ObjectMapper()
        .createObjectNode()
        .put("id", ID)
        .put("block", 1)
        .put("time", 1_700_000_012_000L)
        .put("source", ASKER.account().ss58())
        .put("answerer", ANSWERER)
        .put("prompt", "What is a quintet?")
        .put("response", "A musical composition for five performers.")
        .put("signature", HexFormat.of().formatHex(ASKER.sign(signed)));
  }

  private static boolean isGenuine(ObjectNode sample) throws JsonProcessingException {
    String line = new ObjectMapper().writeValueAsString(sample);
    return FeedSample.offer(line, NETUID).orElseThrow().genuine().getAsBoolean();
  }

  @Test
  void whoAnsweredIsPartOfWhatIsSigned() throws JsonProcessingException {
    ObjectNode without = answered();
    without.remove("answerer");

    assertThat(isGenuine(answered())).isTrue();
    assertThat(isGenuine(answered().put("answerer", ASKER.account().ss58()))).isFalse();
    assertThat(isGenuine(answered().put("answerer", "nobody"))).isFalse();
    assertThat(isGenuine(without)).isFalse();
  }

  @Test
  void theRowNamesWhoAskedAndWhoAnswered() throws JsonProcessingException {
    String line = new ObjectMapper().writeValueAsString(answered());
    OfferedSample offer = FeedSample.offer(line, NETUID).orElseThrow();

    assertThat(offer.row().source()).isEqualTo(ASKER.account().ss58());
    assertThat(offer.row().answerer()).contains(ANSWERER);
  }

  @Test
  void anAnswererThatIsNoTextIsNoSample() throws JsonProcessingException {
    ObjectNode sample = answered();
    sample.putArray("answerer").add(1).add(2);

    assertThat(FeedSample.parse(new ObjectMapper().writeValueAsString(sample))).isEmpty();
  }
}
