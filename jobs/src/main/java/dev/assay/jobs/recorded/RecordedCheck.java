package dev.assay.jobs.recorded;

import dev.assay.jobs.feed.FeedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be said of a recorded snapshot without a chain.
 *
 * @param manifest what it says of itself; empty if that can't be believed
 * @param faults one line each; none for a sound snapshot
 */
public record RecordedCheck(Optional<RecordedManifest> manifest, List<String> faults) {
  public RecordedCheck {
    faults = List.copyOf(faults);
  }

  /**
   * Looks at the manifest's signature, at every file's bytes, columns and rows, and at every
   * sample's block, id and signature.
   */
  public static RecordedCheck of(RecordedFolder folder) {
    RecordedManifest manifest;
    try {
      manifest = folder.manifest();
    } catch (IllegalArgumentException fault) {
      return new RecordedCheck(Optional.empty(), List.of(fault.getMessage()));
    }
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, RecordedFile> file : manifest.files().entrySet()) {
      try {
        List<FeedSample> samples = folder.samples(file.getKey(), file.getValue());
        faults(manifest, file.getValue(), samples)
            .forEach(fault -> faults.add(file.getKey() + ": " + fault));
      } catch (IllegalArgumentException fault) {
        faults.add(fault.getMessage());
      }
    }
    return new RecordedCheck(Optional.of(manifest), faults);
  }

  private static List<String> faults(
      RecordedManifest manifest, RecordedFile file, List<FeedSample> samples) {
    List<Integer> elsewhere = new ArrayList<>();
    List<Integer> forged = new ArrayList<>();
    for (int row = 1; row <= samples.size(); row++) {
      FeedSample sample = samples.get(row - 1);
      if (sample.block() < file.firstBlock() || sample.block() > file.lastBlock()) {
        elsewhere.add(row);
      } else if (!sample.isGenuine(manifest.netuid())) {
        forged.add(row);
      }
    }
    List<String> faults = new ArrayList<>();
    if (!elsewhere.isEmpty()) {
      faults.add(
          "%d samples are of blocks outside of %d to %d, the first in row %d"
              .formatted(elsewhere.size(), file.firstBlock(), file.lastBlock(), elsewhere.get(0)));
    }
    if (!forged.isEmpty()) {
      faults.add(
          "the id or the signature of %d samples does not fit, the first in row %d"
              .formatted(forged.size(), forged.get(0)));
    }
    return faults;
  }
}
