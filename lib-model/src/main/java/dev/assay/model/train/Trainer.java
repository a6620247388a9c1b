package dev.assay.model.train;

import ai.djl.Device;
import dev.assay.model.causal.AdamW;
import dev.assay.model.causal.Batch;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.Precision;
import dev.assay.model.causal.TrainableDecoder;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fine-tunes a checkpoint in f32: all of its weights, or adapters beside them. The same checkpoint,
 * samples and options give the same weights on one machine. One thread at a time may use it.
 */
public final class Trainer implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-8;
  private static final double NANOSECONDS = 1e9;

  private final Checkpoint start;
  private final TrainingOptions options;
  private final TrainableDecoder decoder;
  private final boolean adapters;
  private int done;
  private boolean merged;

  private Trainer(
      Checkpoint start, TrainingOptions options, TrainableDecoder decoder, boolean adapters) {
    this.start = start;
    this.options = options;
    this.decoder = decoder;
    this.adapters = adapters;
  }

  /** Copies a checkpoint's weights to train them; the checkpoint itself stays as it is. */
  public static Trainer open(Checkpoint start, TrainingOptions options) {
    TrainableDecoder decoder =
        TrainableDecoder.open(start.config(), start.tensors(), decoderOptions(options, 0));
    return new Trainer(start, options, decoder, false);
  }

  /**
   * Trains adapters only; {@link #save} writes a plain checkpoint with the adapters merged into its
   * weights.
   */
  public static Trainer open(Checkpoint start, TrainingOptions options, Adapters adapters) {
    TrainableDecoder decoder =
        TrainableDecoder.openForAdapters(
            start.config(),
            start.tensors(),
            decoderOptions(options, adapters.scale()),
            adapters.rank(),
            options.seed());
    return new Trainer(start, options, decoder, true);
  }

  private static DecoderOptions decoderOptions(TrainingOptions options, double adapterScale) {
    return new DecoderOptions(
        Precision.F32,
        Device.cpu(),
        options.threads(),
        SampleEncoder.MAX_TOKENS,
        Layout.PLAIN,
        adapterScale);
  }

  /**
   * Takes all steps that are not done yet.
   *
   * @param samples those without a counted token are left out
   * @throws IllegalArgumentException if no sample has a token to count
   */
  public void run(List<EncodedSample> samples, TrainingProgress progress) {
    run(samples, options.steps(), progress);
  }

  /**
   * Takes the steps up to a step, counted from 1; a later call with the same samples goes on from
   * there.
   */
  public void run(List<EncodedSample> samples, int upToStep, TrainingProgress progress) {
    requireUnmerged();
    List<EncodedSample> counted =
        samples.stream().filter(sample -> Batch.counted(sample) > 0).toList();
    SampleOrder order = new SampleOrder(counted, options.batchSamples(), options.seed());
    for (int batch = 0; batch < done * options.accumulation(); batch++) {
      order.next();
    }
    long begin = System.nanoTime();
    long tokens = 0;
    for (int step = done; step < Math.min(upToStep, options.steps()); step++) {
      List<Batch> batches = new ArrayList<>();
      for (int pass = 0; pass < options.accumulation(); pass++) {
        List<EncodedSample> next = order.next();
        batches.add(Batch.of(next));
        tokens += next.stream().mapToLong(sample -> sample.length() - 1).sum();
      }
      double loss = accumulate(batches);
      double rate = options.learningRate(step);
      double norm =
          decoder.update(
              new AdamW(rate, BETA1, BETA2, EPSILON, options.decay(), options.largestNorm()));
      done = step + 1;
      double seconds = (System.nanoTime() - begin) / NANOSECONDS;
      progress.step(
          new TrainingStep(step + 1, options.steps(), loss, rate, norm, tokens / seconds));
    }
  }

  private double accumulate(List<Batch> batches) {
    long counted = batches.stream().mapToLong(Batch::counted).sum();
    double sum = 0;
    for (Batch batch : batches) {
      sum += decoder.accumulate(batch, 1.0 / counted);
    }
    return sum / counted;
  }

  /** Writes what a later run needs to go on from here; an earlier state in the file is replaced. */
  public void saveState(Path file) throws IOException {
    requireUnmerged();
    TrainingState.write(file, decoder, done);
  }

  /**
   * Goes on where a run with the same checkpoint, samples and options stopped.
   *
   * @throws IOException if the file is not the state of such a run
   */
  public void resume(Path file) throws IOException {
    requireUnmerged();
    done = TrainingState.restore(file, decoder);
  }

  /**
   * Writes the present weights as a checkpoint with the configuration of the one that training
   * began with, but for its dtype, which is float32. Adapters are merged for it, after which
   * training cannot go on.
   *
   * @param directory where it appears; must not exist
   * @param otherFiles contents by name, for example of tokenizer.json
   */
  public void save(Path directory, Map<String, byte[]> otherFiles) throws IOException {
    if (adapters && !merged) {
      decoder.mergeAdapters();
      merged = true;
    }
    byte[] config = TrainedConfig.of(Files.readAllBytes(start.directory().resolve("config.json")));
    CheckpointWriter.write(directory, start.config(), config, decoder::values, otherFiles);
  }

  private void requireUnmerged() {
    if (merged) {
      throw new IllegalStateException(
          "the adapters are merged into the weights that were saved; open the checkpoint again");
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
