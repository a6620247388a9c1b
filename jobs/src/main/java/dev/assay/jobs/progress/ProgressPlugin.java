package dev.assay.jobs.progress;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Carries progress messages from executors to the driver over Spark's own RPC. Spark creates one in
 * every process, so what both ends share is static: the executor's way to the driver, and the
 * driver's listeners by run.
 */
public final class ProgressPlugin implements SparkPlugin {
  private static final Map<String, Consumer<ProgressMessage>> LISTENERS = new ConcurrentHashMap<>();
  private static final LongAdder RECEIVED = new LongAdder();

  /** Absent where no plugin runs, as in unit tests. */
  private static volatile PluginContext executor;

  /**
   * Sends a message to the driver, as far as that is possible: progress never fails a task.
   *
   * @param body serializable
   */
  public static void send(String run, int unit, Serializable body) {
    PluginContext context = executor;
    if (context == null) {
      return;
    }
    try {
      context.send(new ProgressMessage(run, unit, body));
    } catch (Exception lost) {
      // The driver is gone or busy; the task's result says it all again.
      org.slf4j.LoggerFactory.getLogger(ProgressPlugin.class)
          .debug("a progress message is lost", lost);
    }
  }

  /**
   * Receives the messages of one run in the driver until {@link #forget}. The listener is called on
   * Spark's RPC threads, several at once, and must return at once.
   */
  public static void listen(String run, Consumer<ProgressMessage> listener) {
    LISTENERS.put(run, listener);
  }

  /** Drops what still comes of a run. */
  public static void forget(String run) {
    LISTENERS.remove(run);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Executor();
  }

  private static final class Driver implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      return Map.of();
    }

    @Override
    public void registerMetrics(String application, PluginContext plugin) {
      MetricRegistry registry = plugin.metricRegistry();
      registry.register("messages", (Gauge<Long>) RECEIVED::sum);
      registry.register("runs", (Gauge<Integer>) LISTENERS::size);
      Count.registerAll(registry);
    }

    @Override
    public Object receive(Object message) {
      if (message instanceof ProgressMessage progress) {
        RECEIVED.increment();
        Consumer<ProgressMessage> listener = LISTENERS.get(progress.run());
        if (listener != null) {
          listener.accept(progress);
        }
      }
      return null;
    }
  }

  private static final class Executor implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> settings) {
      executor = context;
      // The driver's command line does the same: figures and files are alike on every machine.
      Locale.setDefault(Locale.ROOT);
    }

    @Override
    public void shutdown() {
      executor = null;
    }
  }
}
