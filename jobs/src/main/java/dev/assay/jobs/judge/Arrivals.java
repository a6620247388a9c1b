package dev.assay.jobs.judge;

import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.store.CheckpointStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the next unit's checkpoint to this node while the present one computes. Whether it comes
 * decides nothing: the unit itself fetches what is not there, and tells what is wrong with it.
 */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
  private static final ExecutorService ONE_AT_A_TIME =
      Executors.newSingleThreadExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "assay-arrivals");
            thread.setDaemon(true);
            return thread;
          });

  /** Those that wait or arrive, so that two slots do not ask for one twice. */
  private static final Set<String> EXPECTED = ConcurrentHashMap.newKeySet();

  private Arrivals() {}

  /** Begins, and returns at once. */
  static void expect(ModelUnit unit, CheckpointSource hub, NodeStore store, Duration limit) {
    if (EXPECTED.add(unit.label())) {
      var unused = ONE_AT_A_TIME.submit(() -> bring(unit, hub, store, limit));
    }
  }

  private static void bring(ModelUnit unit, CheckpointSource hub, NodeStore store, Duration limit) {
    try {
      if (!store.holds(unit)) {
        fetch(unit, hub, store, limit);
      }
    } catch (IOException | HubException | FaultException itsOwnMatter) {
      LOG.debug("{} has not arrived before its turn", unit.label(), itsOwnMatter);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      EXPECTED.remove(unit.label());
    }
  }

  private static void fetch(ModelUnit unit, CheckpointSource hub, NodeStore store, Duration limit)
      throws IOException, InterruptedException {
    try (CheckpointStore.Pin pin = store.pin(unit)) {
      pin.arrived(new FetchStage(hub, limit).fetch(unit).bytes());
    }
  }
}
