package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.junit.jupiter.api.Test;

/** What no store at hand can be made to answer; the rest is tested against one. */
class StoreFaultTest {
  @Test
  void whateverWrapsAStoresFailureIsToldByIt() {
    Throwable wrapped =
        new IllegalStateException(
            "Failed to write",
            new UncheckedIOException(new UnknownStoreException("s3a://b/t", "not there")));

    assertThat(StoreFault.of("s3a://b/t: ", wrapped))
        .get()
        .isInstanceOf(ConfigurationException.class)
        .hasToString(
            ConfigurationException.class.getName()
                + ": s3a://b/t: there is no such bucket where s3.endpoint leads; create it, or"
                + " correct the address");
  }

  @Test
  void whatIsNoStoresFailureIsNone() {
    assertThat(StoreFault.of(new IOException("disk"))).isEmpty();
    assertThat(StoreFault.of(new FileNotFoundException("s3a://b/t/data/a.parquet"))).isEmpty();
    assertThat(StoreFault.of(new NotReadyException("told", new UnknownStoreException("a", "b"))))
        .isEmpty();
  }
}
