package dev.assay.model.train;

import ai.djl.Device;
import dev.assay.model.causal.AdamW;
import dev.assay.model.causal.Batch;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.TrainableDecoder;
import dev.assay.model.causal.Tuning;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fine-tunes a checkpoint: all of its weights, or adapters beside them. The same checkpoint,
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
  private final Optional<Adapters> adapters;
  private int done;

  private Trainer(
      Checkpoint start,
      TrainingOptions options,
      TrainableDecoder decoder,
      Optional<Adapters> adapters) {
    this.start = start;
    this.options = options;
    this.decoder = decoder;
    this.adapters = adapters;
  }

  /** Copies a checkpoint's weights to train them; the checkpoint itself stays as it is. */
  public static Trainer open(Checkpoint start, TrainingOptions options) {
    DecoderOptions whole = decoderOptions(options, Tuning.whole(options.recomputed()));
    return new Trainer(
        start,
        options,
        TrainableDecoder.open(start.config(), start.tensors(), whole),
        Optional.empty());
  }

  /**
   * Trains adapters only; {@link #save} writes a plain checkpoint with the adapters added to its
   * weights.
   *
   * @throws IllegalArgumentException if the model has none of the adapters' targets
   */
  public static Trainer open(Checkpoint start, TrainingOptions options, Adapters adapters) {
    Tuning tuning = new Tuning(adapters.scale(), adapters.targets(), options.recomputed());
    TrainableDecoder decoder =
        TrainableDecoder.openForAdapters(
            start.config(),
            start.tensors(),
            decoderOptions(options, tuning),
            adapters.rank(),
            options.seed());
    if (decoder.stateSizes().length == 0) {
      decoder.close();
      throw new IllegalArgumentException(
          "the model has none of the weights " + adapters.targets() + " to put adapters beside");
    }
    return new Trainer(start, options, decoder, Optional.of(adapters));
  }

  private static DecoderOptions decoderOptions(TrainingOptions options, Tuning tuning) {
    return new DecoderOptions(
        options.precision(),
        Device.cpu(),
        options.threads(),
        SampleEncoder.MAX_TOKENS,
        Layout.PLAIN,
        Optional.of(tuning));
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
    List<EncodedSample> counted =
        samples.stream().filter(sample -> Batch.counted(sample) > 0).toList();
    SampleOrder order = new SampleOrder(counted, options.batch(), options.seed());
    for (long batch = 0; batch < (long) done * options.batch().accumulation(); batch++) {
      order.next();
    }
    long begin = System.nanoTime();
    long tokens = 0;
    for (int step = done; step < Math.min(upToStep, options.steps()); step++) {
      List<Batch> batches = new ArrayList<>();
      for (int pass = 0; pass < options.batch().accumulation(); pass++) {
        List<EncodedSample> next = order.next();
        batches.add(Batch.of(next));
        tokens += next.stream().mapToLong(sample -> sample.length() - 1).sum();
      }
      double loss = accumulate(batches);
      double rate = options.rate().at(step, options.steps());
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

  /** Optimiser steps that led to the present weights. */
  public int done() {
    return done;
  }

  /**
   * The mean of the samples' mean losses with the present weights, as a validator compares them;
   * samples without a counted token are left out.
   *
   * @throws IllegalArgumentException if no sample has a token to count
   */
  public double loss(List<EncodedSample> samples) {
    double sum = 0;
    int counted = 0;
    for (EncodedSample sample : samples) {
      if (Batch.counted(sample) > 0) {
        double tokens = 0;
        for (float loss : decoder.losses(Batch.of(List.of(sample)))) {
          tokens += loss;
        }
        sum += tokens / Batch.counted(sample);
        counted++;
      }
    }
    if (counted == 0) {
      throw new IllegalArgumentException("there is no sample with a token to count");
    }
    return sum / counted;
  }

  /** Writes what a later run needs to go on from here; an earlier state in the file is replaced. */
  public void saveState(Path file) throws IOException {
    TrainingState.write(file, decoder, done);
  }

  /**
   * Goes on where a run with the same checkpoint, samples and options stopped.
   *
   * @throws IOException if the file is not the state of such a run
   */
  public void resume(Path file) throws IOException {
    done = TrainingState.restore(file, decoder);
  }

  /**
   * Writes the present weights as a checkpoint with the configuration of the one that training
   * began with, but for its dtype, which is the one that it was trained in. Adapters are added to
   * the weights that they stand beside. Training can go on.
   *
   * @param directory where it appears; must not exist
   * @param otherFiles contents by name, for example of tokenizer.json
   */
  public void save(Path directory, Map<String, byte[]> otherFiles) throws IOException {
    byte[] began = Files.readAllBytes(start.directory().resolve("config.json"));
    byte[] config = TrainedConfig.of(began, options.precision());
    CheckpointWriter.write(
        directory, start.config(), config, options.precision(), decoder::values, otherFiles);
    decoder.release();
  }

  /**
   * Writes the present adapters by themselves, as peft reads them; training can go on.
   *
   * @param directory where they appear; must not exist
   * @return whether peft has a form for them: for a whole model's weights and for those of experts
   *     it has none, and nothing is written
   */
  public boolean saveAdapters(Path directory, BaseName base) throws IOException {
    if (adapters.isEmpty()) {
      return false;
    }
    PeftAdapter peft = new PeftAdapter(start.config(), adapters.get(), decoder);
    if (!peft.isExpressible()) {
      return false;
    }
    peft.write(directory, base);
    decoder.release();
    return true;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
