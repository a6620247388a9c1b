package dev.assay.jobs.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderLeasesTest implements LeasesContract {
  @TempDir private Path parent;

  @Override
  public Leases leases() {
    return new FolderLeases(parent.resolve("made"));
  }
}
