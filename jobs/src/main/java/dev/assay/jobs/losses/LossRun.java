package dev.assay.jobs.losses;

import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.fanout.Cluster;
import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.fanout.Patience;
import dev.assay.jobs.fanout.Quarantine;
import dev.assay.jobs.judge.AnyModelWork;
import dev.assay.jobs.judge.KnownLosses;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.nodes.NodeQuestion;
import dev.assay.jobs.nodes.Nodes;
import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.placement.Placement;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.loss.LossModel;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * The losses of any models on any samples: one Spark job a model, so that a model that kills its
 * executor fails alone. What the table losses of a warehouse knows is not computed again.
 */
public record LossRun(SparkSession spark, LossSettings settings, Progress progress) {
  /** Executors that one model may lose. */
  private static final int ATTEMPTS = 2;

  /** For what the executor does after its own deadline, before it counts as hanging. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /**
   * Computes them.
   *
   * @param models folders, at the same path on every node, or {@code namespace/name@revision}
   * @return one for each model, in their order; what is wrong with a model is in its own
   * @throws IllegalArgumentException if there is nothing to do, or a model's name is malformed
   * @throws ConfigurationException if text has no template, or no tokenizer can be had
   */
  public List<ModelLosses> of(List<String> models, List<LossSample> samples)
      throws InterruptedException {
    if (models.isEmpty() || samples.isEmpty()) {
      throw new IllegalArgumentException(
          "%d models on %d samples: at least one of each is needed"
              .formatted(models.size(), samples.size()));
    }
    List<NamedModel> named = models.stream().map(NamedModel::of).toList();
    EncodedSamples encoded = encoded(named.get(0), samples);
    progress.stage("losses", "%d models on %d samples".formatted(models.size(), samples.size()));
    if (settings.warehouse().isEmpty()) {
      return of(named, encoded, List.of());
    }
    try (Warehouse warehouse =
        Warehouse.open(settings.warehouse().get(), spark.sparkContext().hadoopConfiguration())) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      Set<Object> blocks = samples.stream().map(LossSample::block).collect(Collectors.toSet());
      List<LossRow> known = table.rows(Expressions.in("sample_block", blocks));
      List<ModelLosses> losses = of(named, encoded, known);
      table.append(losses.stream().flatMap(model -> model.losses().stream()).toList());
      return losses;
    }
  }

  private List<ModelLosses> of(List<NamedModel> models, EncodedSamples encoded, List<LossRow> known)
      throws InterruptedException {
    String run = "losses-" + UUID.randomUUID();
    Map<Integer, Fault> faults = new ConcurrentHashMap<>();
    Map<Integer, ModelFinding> findings = new ConcurrentHashMap<>();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Nodes nodes = nodes(context);
    nodes.ask();
    nodes.settle(computedBefore(known, encoded));
    Broadcast<Task> task =
        context.broadcast(new Task.Losses(encoded, KnownLosses.of(known, encoded)));
    try {
      fanOut(context, nodes.cluster())
          .run(
              run,
              new Placement<>(
                  units(run, models, faults).stream().map(ModelUnit::load).toList(), Holdings.NONE),
              unit -> models.get(unit.index()).text(),
              new AnyModelWork(
                  settings.hub(),
                  settings.store(),
                  settings.threads(),
                  settings.deadline(),
                  nodes.machine(),
                  new ArrayList<>(models.stream().map(NamedModel::path).toList()),
                  task),
              LossRun::isOurFault,
              (unit, fate) -> {
                take(unit, fate, faults, findings);
                told(models.get(unit.index()), encoded, faults.get(unit.index()));
              });
    } finally {
      task.destroy();
    }
    return IntStream.range(0, models.size())
        .mapToObj(
            index ->
                losses(
                    models.get(index).text(),
                    encoded,
                    known,
                    Optional.ofNullable(findings.get(index)),
                    Optional.ofNullable(faults.get(index))))
        .toList();
  }

  /** Each proves itself before it gets a model, and losses are of one machine. */
  private Nodes nodes(JavaSparkContext context) {
    return new Nodes(
        Cluster.of(context.sc(), settings.gpusPerTask()),
        context,
        new NodeQuestion(
            settings.store(), settings.threads(), new ArrayList<>(List.of(settings.precision()))),
        line -> progress.stage("node", line));
  }

  /** The machine of the most losses that are known. */
  private static Optional<String> computedBefore(List<LossRow> known, EncodedSamples encoded) {
    Map<String, Long> counts =
        known.stream()
            .filter(encoded::fit)
            .flatMap(row -> LossModel.machine(row.kernel()).stream())
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private FanOut fanOut(JavaSparkContext context, Cluster cluster) {
    return new FanOut(
        context,
        cluster,
        cluster::inFlight,
        ATTEMPTS,
        Patience.until(settings.deadline().plus(GRACE)),
        settings.gpusPerTask(),
        new Quarantine(line -> progress.stage("quarantine", line)));
  }

  /** Whether another node may do better. */
  private static boolean isOurFault(ModelFinding finding) {
    return finding.fault().filter(fault -> fault.blame() == Blame.INFRASTRUCTURE).isPresent();
  }

  private List<ModelUnit> units(String run, List<NamedModel> models, Map<Integer, Fault> faults)
      throws InterruptedException {
    List<ModelUnit> units = new ArrayList<>();
    for (int index = 0; index < models.size(); index++) {
      try {
        units.add(models.get(index).unit(run, index, settings.hub()));
      } catch (HubException refused) {
        faults.put(index, Fault.of(refused));
      }
    }
    return units;
  }

  private static void take(
      ModelUnit unit,
      Fate<ModelFinding> fate,
      Map<Integer, Fault> faults,
      Map<Integer, ModelFinding> findings) {
    if (fate instanceof Fate.Returned<ModelFinding> returned) {
      findings.put(unit.index(), returned.value());
      returned.value().fault().ifPresent(fault -> faults.put(unit.index(), fault));
    } else if (fate instanceof Fate.Crashed<ModelFinding> crashed) {
      faults.put(
          unit.index(),
          Fault.of(
              Verdict.CRASHED, crashed.attempts() + " executors died or hung while they held it"));
    } else if (fate instanceof Fate.TimedOut<ModelFinding> late) {
      faults.put(
          unit.index(), Fault.of(Verdict.TIMED_OUT, "no answer in " + late.seconds() + " s"));
    } else if (fate instanceof Fate.Failed<ModelFinding> failed) {
      faults.put(
          unit.index(), Fault.of(Verdict.CRASHED, "Spark could not run it: " + failed.reason()));
    }
  }

  private void told(NamedModel model, EncodedSamples encoded, Fault fault) {
    if (fault == null) {
      progress.model(model.text(), encoded.count(), encoded.count(), 0);
    } else {
      progress.verdict(model.text(), fault.verdict().name(), fault.reason());
    }
  }

  /** Those computed now and those known before, in the samples' order. */
  private static ModelLosses losses(
      String model,
      EncodedSamples encoded,
      List<LossRow> known,
      Optional<ModelFinding> finding,
      Optional<Fault> fault) {
    Optional<String> digest = finding.map(ModelFinding::digest).filter(text -> !text.isEmpty());
    if (finding.isEmpty() || fault.isPresent()) {
      return new ModelLosses(model, digest, List.of(), fault);
    }
    Map<String, LossRow> bySample = new HashMap<>();
    known.stream()
        .filter(row -> row.modelDigest().equals(finding.get().digest()))
        .filter(row -> row.kernel().equals(finding.get().kernel()) && encoded.fit(row))
        .forEach(row -> bySample.put(row.sampleId(), row));
    finding.get().losses().forEach(row -> bySample.put(row.sampleId(), row));
    return new ModelLosses(
        model,
        digest,
        IntStream.range(0, encoded.count())
            .mapToObj(index -> bySample.get(encoded.sampleId(index)))
            .toList(),
        Optional.empty());
  }

  private EncodedSamples encoded(NamedModel first, List<LossSample> samples)
      throws InterruptedException {
    List<SampleRow> rows =
        samples.stream()
            .map(
                sample ->
                    new SampleRow(
                        sample.id(),
                        sample.prompt().orElse(""),
                        sample.response().orElse(""),
                        "",
                        sample.block(),
                        Instant.EPOCH,
                        ""))
            .toList();
    if (samples.stream().noneMatch(LossSample::isText)) {
      return EncodedSamples.of(
          rows,
          samples.stream().map(this::cut).toList(),
          "ids",
          "ids",
          settings.maxTokens(),
          settings.precision(),
          settings.batching());
    }
    String name = settings.tokenizer().orElseGet(first::tokenizer);
    String template =
        settings
            .template()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "the samples are text, which needs a template; there are "
                            + ChatTemplate.names()));
    TokenizerSource tokenizers =
        new TokenizerSource(settings.hub().ownClient(), settings.store().path());
    try (Tokenizer tokenizer = tokenizers.open(name)) {
      SampleEncoder encoder =
          tokenizers.encoder(tokenizer, name, named(template), settings.maxTokens());
      return EncodedSamples.of(
          rows,
          samples.stream().map(sample -> encoded(sample, encoder)).toList(),
          tokenizer.digest(),
          template,
          settings.maxTokens(),
          settings.precision(),
          settings.batching());
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          "the tokenizer " + name + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static String named(String template) {
    if (!ChatTemplate.names().contains(template)) {
      throw new ConfigurationException(
          "the template " + template + " is not known; there are " + ChatTemplate.names());
    }
    return template;
  }

  private EncodedSample encoded(LossSample sample, SampleEncoder encoder) {
    return sample.isText()
        ? encoder.encode(sample.prompt().orElseThrow(), sample.response().orElseThrow())
        : cut(sample);
  }

  private EncodedSample cut(LossSample sample) {
    int[] ids = sample.ids().stream().mapToInt(Integer::intValue).toArray();
    int[] kept = Arrays.copyOf(ids, Math.min(ids.length, settings.maxTokens()));
    return new EncodedSample(kept, Math.min(sample.promptLength(), kept.length));
  }
}
