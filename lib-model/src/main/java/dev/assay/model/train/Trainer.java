package dev.assay.model.train;

import ai.djl.Device;
import dev.assay.model.causal.AdamW;
import dev.assay.model.causal.Batch;
import dev.assay.model.causal.Decoder;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fine-tunes all weights of a checkpoint in f32. The same checkpoint, samples and options give the
 * same weights on one machine. One thread at a time may use it.
 */
public final class Trainer implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-8;
  private static final int CHUNK_ROWS = 4096;
  private static final double NANOSECONDS = 1e9;

  private final Checkpoint start;
  private final TrainingOptions options;
  private final Decoder decoder;

  private Trainer(Checkpoint start, TrainingOptions options, Decoder decoder) {
    this.start = start;
    this.options = options;
    this.decoder = decoder;
  }

  /** Copies a checkpoint's weights to train them; the checkpoint itself stays as it is. */
  public static Trainer open(Checkpoint start, TrainingOptions options) {
    DecoderOptions decoderOptions =
        new DecoderOptions(Precision.F32, Device.cpu(), options.threads(), CHUNK_ROWS, false);
    Decoder decoder = Decoder.openForTraining(start.config(), start.tensors(), decoderOptions);
    return new Trainer(start, options, decoder);
  }

  /**
   * Takes all steps.
   *
   * @param samples those without a counted token are left out
   * @throws IllegalArgumentException if no sample has a token to count
   */
  public void run(List<EncodedSample> samples, TrainingProgress progress) {
    List<EncodedSample> counted =
        samples.stream().filter(sample -> Batch.counted(sample) > 0).toList();
    SampleOrder order = new SampleOrder(counted, options.batchSamples(), options.seed());
    long begin = System.nanoTime();
    long tokens = 0;
    for (int step = 0; step < options.steps(); step++) {
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

  /**
   * Writes the present weights as a checkpoint with the configuration of the one that training
   * began with.
   *
   * @param directory where it appears; must not exist
   * @param otherFiles contents by name, for example of tokenizer.json
   */
  public void save(Path directory, Map<String, byte[]> otherFiles) throws IOException {
    byte[] config = Files.readAllBytes(start.directory().resolve("config.json"));
    CheckpointWriter.write(directory, start.config(), config, decoder::values, otherFiles);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
