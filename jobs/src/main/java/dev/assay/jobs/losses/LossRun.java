package dev.assay.jobs.losses;

import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import java.io.IOException;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.SparkSession;

/**
 * The losses of any models on any samples: one Spark job a model, so that a model that kills its
 * executor fails alone. What the table losses of a warehouse knows is not computed again.
 */
public record LossRun(SparkSession spark, LossSettings settings, Progress progress) {
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
      return of(named, encoded, List.of(), losses -> {});
    }
    try (Warehouse warehouse =
        Warehouse.open(settings.warehouse().get(), spark.sparkContext().hadoopConfiguration())) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      Set<Object> blocks = samples.stream().map(LossSample::block).collect(Collectors.toSet());
      List<LossRow> known = table.rows(Expressions.in("sample_block", blocks));
      return of(named, encoded, known, table::append);
    }
  }

  /**
   * Computes what is not known.
   *
   * @param kept takes the new losses of each model that ends, so that a killed driver loses none
   */
  private List<ModelLosses> of(
      List<NamedModel> models,
      EncodedSamples encoded,
      List<LossRow> known,
      Consumer<List<LossRow>> kept)
      throws InterruptedException {
    Map<Integer, Fault> faults = new TreeMap<>();
    List<ModelUnit> units = units("losses-" + UUID.randomUUID(), models, faults);
    Map<Integer, ModelFinding> findings = new TreeMap<>();
    new LossFanOut(spark, settings, progress, models, encoded, kept)
        .fates(units, known)
        .forEach((index, fate) -> take(index, fate, faults, findings));
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
      int index,
      Fate<ModelFinding> fate,
      Map<Integer, Fault> faults,
      Map<Integer, ModelFinding> findings) {
    if (fate instanceof Fate.Returned<ModelFinding> returned) {
      findings.put(index, returned.value());
    }
    LossFanOut.fault(fate).ifPresent(fault -> faults.put(index, fault));
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
