package dev.assay.jobs.evaluate;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.EvaluationSettings;
import dev.assay.jobs.evaluate.ModelFinding.Partial;
import dev.assay.jobs.evaluate.ModelFinding.SampleFinding;
import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.progress.ProgressMessage;
import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.WarehouseTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs an evaluation's units on executors and commits their losses as they come. What failed
 * through no fault of a miner is tried once more when all others are done, and what lost its
 * executors then has them to itself.
 */
final class Fleet {
  private final JavaSparkContext spark;
  private final AssayConfiguration configuration;
  private final WarehouseTable<LossRow> table;
  private final Progress progress;
  private final OurSide ourSide;

  Fleet(
      JavaSparkContext spark,
      AssayConfiguration configuration,
      WarehouseTable<LossRow> table,
      Progress progress,
      OurSide ourSide) {
    this.spark = spark;
    this.configuration = configuration;
    this.table = table;
    this.progress = progress;
    this.ourSide = ourSide;
  }

  /**
   * Computes the losses of units; when it returns, every loss that came is committed.
   *
   * @param chosen those of the units that are to be evaluated
   * @param samples by competition
   * @param known by competition
   * @return each chosen unit's fate, by its index
   */
  Map<Integer, Fate<ModelFinding>> losses(
      String run,
      Units units,
      List<ModelUnit> chosen,
      Map<String, EncodedSamples> samples,
      Map<String, KnownLosses> known)
      throws InterruptedException {
    Map<Integer, Fate<ModelFinding>> fates = new ConcurrentHashMap<>();
    Telling reports = new Telling(units, samples, progress);
    try (LossWriter writer = new LossWriter(table)) {
      ProgressPlugin.listen(run, message -> reports.take(message, writer));
      fanOut(
          run,
          chosen,
          samples,
          known,
          "",
          fates,
          (unit, fate) -> writer.add(rows(unit, fate, samples)));
    } finally {
      ProgressPlugin.forget(run);
    }
    return fates;
  }

  /**
   * Projects the weights of units.
   *
   * @param seed of the projection, 64 hex digits
   * @return each unit's fate, by its index
   */
  Map<Integer, Fate<ModelFinding>> fingerprints(
      String run, List<ModelUnit> chosen, Map<String, EncodedSamples> samples, String seed)
      throws InterruptedException {
    Map<Integer, Fate<ModelFinding>> fates = new ConcurrentHashMap<>();
    Map<String, KnownLosses> none = new HashMap<>();
    progress.stage("fingerprints", "%d models, the bases included".formatted(chosen.size()));
    samples.keySet().forEach(competition -> none.put(competition, new KnownLosses()));
    fanOut(run, chosen, samples, none, seed, fates, (unit, fate) -> {});
    return fates;
  }

  private void fanOut(
      String run,
      List<ModelUnit> chosen,
      Map<String, EncodedSamples> samples,
      Map<String, KnownLosses> known,
      String fingerprintSeed,
      Map<Integer, Fate<ModelFinding>> fates,
      BiConsumer<ModelUnit, Fate<ModelFinding>> done)
      throws InterruptedException {
    EvaluationSettings settings = configuration.evaluation();
    Map<String, Broadcast<EncodedSamples>> sentSamples = broadcast(samples);
    Map<String, Broadcast<KnownLosses>> sentKnown = broadcast(known);
    ModelWork work =
        new ModelWork(
            HubAccess.of(configuration.hub()),
            Path.of(settings.cache()).toAbsolutePath().toString(),
            settings.threads(),
            settings.deadlineSeconds(),
            sentSamples,
            sentKnown,
            fingerprintSeed);
    BiConsumer<ModelUnit, Fate<ModelFinding>> ended =
        (unit, fate) -> {
          fates.merge(unit.index(), fate, SecondTry::together);
          done.accept(unit, fate);
          watch(fate);
        };
    try {
      fanOut(inFlight()).run(run, chosen, Fleet::label, work, ended);
      List<ModelUnit> again = SecondTry.elsewhere(chosen, fates);
      List<ModelUnit> alone = SecondTry.alone(chosen, fates);
      if (!again.isEmpty() || !alone.isEmpty()) {
        progress.stage("again", "%d models".formatted(again.size() + alone.size()));
      }
      fanOut(inFlight()).run(run + "-again", again, Fleet::label, work, ended);
      fanOut(1).run(run + "-alone", alone, Fleet::label, work, ended);
    } finally {
      sentSamples.values().forEach(Broadcast::destroy);
      sentKnown.values().forEach(Broadcast::destroy);
    }
  }

  private static String label(ModelUnit unit) {
    return unit.repository() + "@" + unit.revision();
  }

  private void watch(Fate<ModelFinding> fate) {
    if (fate instanceof Fate.Returned<ModelFinding> returned) {
      returned.value().fault().ifPresent(ourSide::after);
    }
  }

  private <T> Map<String, Broadcast<T>> broadcast(Map<String, T> values) {
    Map<String, Broadcast<T>> sent = new HashMap<>();
    values.forEach((competition, value) -> sent.put(competition, spark.broadcast(value)));
    return sent;
  }

  private int inFlight() {
    int slots = Math.max(1, spark.defaultParallelism());
    int inFlight = configuration.evaluation().inFlight();
    return inFlight > 0 ? inFlight : 2 * slots;
  }

  private FanOut fanOut(int inFlight) {
    EvaluationSettings settings = configuration.evaluation();
    // The executor keeps the deadline itself; this is for one that hangs in native code, after it
    // waited for a slot behind another.
    Duration lastResort =
        Duration.ofSeconds((long) settings.deadlineSeconds() * (settings.attempts() + 1) + 60);
    return new FanOut(spark, inFlight, settings.attempts(), lastResort, settings.gpusPerTask());
  }

  private static List<LossRow> rows(
      ModelUnit unit, Fate<ModelFinding> fate, Map<String, EncodedSamples> samples) {
    return fate instanceof Fate.Returned<ModelFinding> returned
        ? rows(
            unit,
            samples.get(unit.rules().competition()),
            returned.value().digest(),
            returned.value().kernel(),
            returned.value().losses())
        : List.of();
  }

  private static List<LossRow> rows(
      ModelUnit unit,
      EncodedSamples samples,
      String digest,
      String kernel,
      List<SampleFinding> losses) {
    return losses.stream()
        .map(
            loss ->
                new LossRow(
                    digest,
                    samples.sampleId(loss.index()),
                    samples.tokenizerDigest(),
                    samples.template(),
                    samples.sequenceLength(),
                    unit.rules().dtype(),
                    kernel,
                    loss.verdict(),
                    loss.lossSum(),
                    loss.tokens(),
                    samples.block(loss.index())))
        .toList();
  }

  /** What running tasks tell, as rows and as progress. */
  private static final class Telling {
    private final Units units;
    private final Map<String, EncodedSamples> samples;
    private final Progress progress;
    private final Map<Integer, Integer> done = new HashMap<>();

    Telling(Units units, Map<String, EncodedSamples> samples, Progress progress) {
      this.units = units;
      this.samples = samples;
      this.progress = progress;
    }

    synchronized void take(ProgressMessage message, LossWriter writer) {
      ModelUnit unit = units.units().get(message.unit());
      EncodedSamples encoded = samples.get(unit.rules().competition());
      String label = units.members().get(unit.index()).get(0).label();
      if (message.body() instanceof Partial partial) {
        writer.add(rows(unit, encoded, partial.digest(), partial.kernel(), partial.losses()));
        int count = done.merge(unit.index(), partial.losses().size(), Integer::sum);
        progress.model(label, count, encoded.count(), partial.tokensPerSecond());
      } else {
        done.put(unit.index(), 0);
        progress.model(label, 0, encoded.count(), 0);
      }
    }
  }
}
