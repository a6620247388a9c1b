package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.jobs.tables.ChainRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code assay snapshot verify} says of snapshots that {@code export} has recorded. */
class SnapshotVerifyCommandTest {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final HexFormat HEX = HexFormat.of();
  private static final String FILE = "samples-000001.jsonl";

  @TempDir private Path folder;
  private Path recorded;
  private List<String> usual;

  @BeforeEach
  void export() throws Exception {
    recorded = folder.resolve("recorded");
    new Wallet(folder.resolve("wallets"), "bob", "default").storeHotkey(ALICE);
    Path settings =
        Files.writeString(
            folder.resolve("assay.yaml"),
            "chain: {netuid: 1}\npaths: {warehouse: '%1$s/tables'}\nsubmit: {wallets: '%1$s/wallets', wallet: bob}\n"
                .formatted(folder));
    usual = List.of("--config", settings.toString());
    String tables = folder.resolve("tables").toString();
    try (Warehouse warehouse = Warehouse.open(tables, new Configuration())) {
      warehouse.table(ChainRow.TABLE).append(List.of(ChainRow.of("0x" + "ab".repeat(32), 1)));
      warehouse.table(SampleRow.TABLE).append(List.of(sample(3), sample(4)));
    }
    CommandRun.of(usual, "snapshot", "export", "--format", "jsonl", "--out", recorded.toString())
        .ending(0);
  }

  private static SampleRow sample(long block) throws Exception {
    String prompt = "What is it?";
    String response = "The number " + block;
    byte[] text = prompt.getBytes(StandardCharsets.UTF_8);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).array());
    sha.update(text);
    byte[] id = sha.digest(response.getBytes(StandardCharsets.UTF_8));
    byte[] signed =
        ByteBuffer.allocate(64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("assay-sample-1".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) 1)
            .putLong(block)
            .putLong(0)
            .put(id)
            .array();
    return new SampleRow(
        HEX.formatHex(id),
        prompt,
        response,
        ALICE.account().ss58(),
        block,
        Instant.EPOCH,
        HEX.formatHex(ALICE.sign(signed)));
  }

  private CommandRun verify(String... more) {
    return CommandRun.of(
        usual,
        Stream.concat(Stream.of("snapshot", "verify", recorded.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private void change(String file, String from, String to) throws Exception {
    Path changed = recorded.resolve(file);
    String before = Files.readString(changed);
    assertThat(before).contains(from);
    Files.writeString(changed, before.replace(from, to));
  }

  @Test
  void whatIsAsItWasSignedIsSound() throws Exception {
    assertThat(verify().ending(0).out())
        .contains("signed by " + ALICE.account().ss58(), "blocks 3 to 4: 2 samples in 1 files")
        .endsWith("sound\n");
    assertThat(verify("--json").ending(0).json().get("faults")).isEmpty();
  }

  @Test
  void aFileThatWasChangedEndsWithOneAndALineThatNamesIt() throws Exception {
    change(FILE, "The number 3", "The number 5");

    assertThat(verify().ending(1).out().lines())
        .anyMatch(line -> line.startsWith("fault: " + FILE + " has the SHA-256 "))
        .last()
        .asString()
        .endsWith(" faults");
    assertThat(verify("--json").ending(1).json().get("sound").booleanValue()).isFalse();
  }

  @Test
  void aManifestThatWasChangedIsNotTheSignersAnyMore() throws Exception {
    change("manifest.txt", "ab".repeat(32), "cd".repeat(32));

    assertThat(verify().ending(1).out().lines()).anyMatch(line -> line.startsWith("fault: "));
  }

  @Test
  void aFileThatIsGoneIsAFaultAndAFolderOfOtherThingsIsAWrongArgument() throws Exception {
    Files.delete(recorded.resolve(FILE));
    assertThat(verify().ending(1).out().lines())
        .anyMatch(line -> line.startsWith("fault: ") && line.contains(FILE));

    Files.delete(recorded.resolve("manifest.txt"));
    assertThat(verify().ending(2).err()).contains("has no manifest.txt");
  }
}
