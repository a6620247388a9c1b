package dev.assay.jobs.recorded;

import static dev.assay.jobs.recorded.RecordedSnapshots.GENESIS;
import static dev.assay.jobs.recorded.RecordedSnapshots.NETUID;
import static dev.assay.jobs.recorded.RecordedSnapshots.RECORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.storage.S3Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded snapshot in a real object store. */
class BucketSnapshotIT {
  @TempDir private Path folder;
  private final S3Proxy store = S3Proxy.running();

  @Test
  void whatWasRecordedThereIsOfferedAgainAndReplaced() throws Exception {
    String address = "s3a://" + store.bucket() + "/recorded";
    RecordedFolder recorded = RecordedFolder.at(address, store.settings());
    assertThat(recorded.isRecorded()).isFalse();
    List<FeedSample> samples = RecordedSnapshots.samples(3, 12);
    RecordedSnapshots.record(
        folder.resolve("first"), RecordedFormat.PARQUET, RecordedSnapshots.samples(3, 5), recorded);
    RecordedSnapshots.record(folder.resolve("then"), RecordedFormat.JSONL, samples, recorded);

    assertThat(RecordedCheck.of(recorded).faults()).isEmpty();
    SampleSource source =
        RecordedSource.of(URI.create("recorded+" + address), NETUID, store.settings());
    source.require(GENESIS, Set.of(RECORDER.account().ss58()));
    assertThat(source.samples(1, 12).offers().stream().map(Optional::orElseThrow))
        .extracting(offer -> FeedSample.of(offer.row()))
        .containsExactlyInAnyOrderElementsOf(samples);
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    RecordedFolder nowhere = RecordedFolder.at("s3a://nowhere/recorded", store.settings());

    assertThatThrownBy(nowhere::isRecorded)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("s3a://nowhere/recorded can't be read: there is no such bucket");
  }
}
