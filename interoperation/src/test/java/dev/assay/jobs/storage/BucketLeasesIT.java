package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Leases in a bucket of a real object store. */
class BucketLeasesIT implements LeasesContract {
  private final S3Proxy store = S3Proxy.running();
  private final String bucket = store.bucket();

  @Override
  public Leases leases() {
    return Place.at("s3a://" + bucket + "/tables", store.settings(), new Configuration())
        .leases(Clock.systemUTC());
  }

  @Test
  void ofSeveralThatTakeItAtOnceOneHasIt() throws Exception {
    int drivers = 6;
    ExecutorService threads = Executors.newFixedThreadPool(drivers);
    try {
      for (int round = 0; round < 3; round++) {
        List<Callable<Optional<Lease>>> all =
            IntStream.range(0, drivers)
                .<Callable<Optional<Lease>>>mapToObj(driver -> () -> leases().take(".work.lease"))
                .toList();
        List<Lease> holders = new ArrayList<>();
        for (Future<Optional<Lease>> one : threads.invokeAll(all)) {
          one.get().ifPresent(holders::add);
        }
        assertThat(holders).hasSize(1);
        holders.get(0).requireHeld();
        holders.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
