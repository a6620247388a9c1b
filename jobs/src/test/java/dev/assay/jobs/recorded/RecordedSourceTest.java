package dev.assay.jobs.recorded;

import static dev.assay.jobs.recorded.RecordedSnapshots.GENESIS;
import static dev.assay.jobs.recorded.RecordedSnapshots.NETUID;
import static dev.assay.jobs.recorded.RecordedSnapshots.RECORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordedSourceTest {
  @TempDir private Path folder;

  private Path recorded() {
    return folder.resolve("recorded here");
  }

  private SampleSource source() {
    return RecordedSource.of(
        URI.create("recorded+" + recorded().toUri()), NETUID, S3Settings.AMAZON);
  }

  private RecordedManifest record(RecordedFormat format, List<FeedSample> samples) {
    return RecordedSnapshots.record(
        folder, format, samples, RecordedFolder.at(recorded().toString()));
  }

  @ParameterizedTest
  @EnumSource(RecordedFormat.class)
  void whatWasRecordedIsOfferedAgainAndFoundGenuine(RecordedFormat format)
      throws InterruptedException {
    List<FeedSample> samples = RecordedSnapshots.samples(3, 12);
    RecordedManifest manifest = record(format, samples);

    assertThat(manifest.fromBlock()).isEqualTo(3);
    assertThat(manifest.toBlock()).isEqualTo(12);
    assertThat(RecordedCheck.of(RecordedFolder.at(recorded().toString())).faults()).isEmpty();
    SampleSource.Page page = source().samples(1, 12);
    List<OfferedSample> offers = page.offers().stream().map(Optional::orElseThrow).toList();
    assertThat(page.nextBlock()).isEmpty();
    assertThat(offers).allMatch(offer -> offer.genuine().getAsBoolean());
    assertThat(offers)
        .extracting(offer -> FeedSample.of(offer.row()))
        .containsExactlyInAnyOrderElementsOf(samples);
  }

  @Test
  void anAnswerIsOneFileOfWholeBlocksAndTheNextGoesOn() throws InterruptedException {
    List<FeedSample> samples = new ArrayList<>(RecordedSnapshots.samples(1, 3));
    String long31 = "x".repeat(31 << 20);
    samples.add(unsigned(1, "a", long31));
    samples.add(unsigned(1, "b", long31));
    samples.add(unsigned(2, "c", long31));
    samples.add(unsigned(3, "d", "y"));
    RecordedManifest manifest = record(RecordedFormat.PARQUET, samples);

    assertThat(manifest.files()).hasSize(2);
    SampleSource.Page first = source().samples(1, 9);
    assertThat(first.offers()).hasSize(4);
    assertThat(first.nextBlock()).hasValue(2);
    SampleSource.Page second = source().samples(2, 9);
    assertThat(second.offers()).hasSize(6);
    assertThat(second.nextBlock()).hasValue(4);
    // Beyond the recorded span the source has not come yet.
    assertThat(source().samples(4, 9).nextBlock()).hasValue(4);
    assertThat(source().samples(4, 9).offers()).isEmpty();
  }

  private static FeedSample unsigned(long block, String prompt, String response) {
    return new FeedSample(
        prompt,
        block,
        0,
        RECORDER.account().ss58(),
        prompt,
        response,
        "00".repeat(64),
        Optional.empty());
  }

  @Test
  void aSnapshotOfAnotherChainOrOfAStrangerIsRefused() throws InterruptedException {
    record(RecordedFormat.JSONL, RecordedSnapshots.samples(1, 2));
    Set<String> trusted = Set.of(RECORDER.account().ss58());

    source().require(GENESIS, trusted);
    assertThatThrownBy(() -> source().require("0x" + "00".repeat(32), trusted))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is of the chain with the genesis " + GENESIS);
    assertThatThrownBy(() -> source().require(GENESIS, Set.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("who is not trusted");
  }

  @Test
  void aFileThatWasChangedIsAMistakeOfTheConfigurationAndOffersNothing() throws Exception {
    record(RecordedFormat.JSONL, RecordedSnapshots.samples(1, 2));
    Path file = recorded().resolve("samples-000001.jsonl");
    Files.writeString(file, Files.readString(file).replace("number", "letter"));

    assertThatThrownBy(() -> source().samples(1, 2))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("samples-000001.jsonl has the SHA-256 ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFolderOfOtherThingsIsNotWrittenInto() throws Exception {
    Files.createDirectories(recorded());
    Files.writeString(recorded().resolve("thesis.txt"), "mine");

    assertThatThrownBy(() -> record(RecordedFormat.JSONL, RecordedSnapshots.samples(1, 2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("thesis.txt");
    assertThat(recorded()).isDirectoryContaining("glob:**thesis.txt").isNotEmptyDirectory();
  }
}
