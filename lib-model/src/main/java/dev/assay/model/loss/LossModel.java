package dev.assay.model.loss;

import ai.djl.engine.Engine;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.Batch;
import dev.assay.model.causal.Decoder;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.text.EncodedSample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A checkpoint that computes losses. No loss depends on anything after the position it judges: not
 * on later tokens, whatever the weights, and not on where the sample ends. Its weights are mapped
 * from the checkpoint's files, which must not change while it is open; on a CPU the first losses
 * lay them out anew. One thread at a time may use it.
 */
public final class LossModel implements AutoCloseable {

  /**
   * Part of a kernel's name; one more whenever a change of the decoder program or of the batch plan
   * may change a loss's last bits.
   */
  private static final int VERSION = 6;

  private static final String BEFORE_MACHINE = "-" + VERSION + "-";

  private final ModelConfig config;
  private final LossOptions options;
  private final Decoder decoder;

  private LossModel(ModelConfig config, LossOptions options, Decoder decoder) {
    this.config = config;
    this.options = options;
    this.decoder = decoder;
  }

  /**
   * Maps the weights of a checkpoint that the gate has let through.
   *
   * @throws InsufficientMemoryException if the device has not the memory that a sample of the
   *     options' sequence length needs
   */
  public static LossModel load(Checkpoint checkpoint, LossOptions options) {
    return load(checkpoint, options, FreeMemory.on(options.device()));
  }

  static LossModel load(Checkpoint checkpoint, LossOptions options, long freeBytes) {
    MemoryEstimate.of(checkpoint, options).requireAtMost(freeBytes, options.device().toString());
    DecoderOptions decoderOptions =
        new DecoderOptions(
            options.precision(),
            options.device(),
            options.threads(),
            options.sequenceLength(),
            options.layout(),
            Optional.empty());
    Decoder decoder = Decoder.open(checkpoint.config(), checkpoint.tensors(), decoderOptions);
    return new LossModel(checkpoint.config(), options, decoder);
  }

  /**
   * The losses of all samples that a model is judged by, in their order, in the batches that the
   * options ask for. In bf16 the batches decide the last bits, so a part of the samples may have
   * other losses than all of them.
   *
   * @throws IllegalArgumentException as {@link #tokenLosses} does
   */
  public List<SampleLoss> losses(List<EncodedSample> samples) {
    return tokenLosses(samples).stream().map(SampleLoss::of).toList();
  }

  /**
   * The batches that the options ask for, as indices of the samples, which each is in once.
   *
   * @param samples all that a model is judged by, in their order
   */
  public List<List<Integer>> batches(List<EncodedSample> samples) {
    return options.batching() == Batching.SINGLE
        ? IntStream.range(0, samples.size()).mapToObj(List::of).toList()
        : BatchPlan.of(samples);
  }

  /**
   * The losses of one batch, in its order.
   *
   * @param batch one of {@link #batches}
   * @throws IllegalArgumentException as {@link #tokenLosses} does
   */
  public List<SampleLoss> batch(List<EncodedSample> batch) {
    return together(batch).stream().map(SampleLoss::of).toList();
  }

  /** −log p of each sample's counted tokens, in the batches that the options ask for. */
  List<float[]> tokenLosses(List<EncodedSample> samples) {
    float[][] losses = new float[samples.size()][];
    for (List<Integer> indices : batches(samples)) {
      List<float[]> batch = together(indices.stream().map(samples::get).toList());
      for (int i = 0; i < indices.size(); i++) {
        losses[indices.get(i)] = batch.get(i);
      }
    }
    return List.of(losses);
  }

  /** Those of samples without a counted token take no part. */
  private List<float[]> together(List<EncodedSample> samples) {
    samples.forEach(this::requireFits);
    float[][] losses = new float[samples.size()][0];
    int[] counted =
        IntStream.range(0, samples.size())
            .filter(index -> Batch.counted(samples.get(index)) > 0)
            .toArray();
    if (counted.length > 0) {
      Batch batch = Batch.of(IntStream.of(counted).mapToObj(samples::get).toList());
      float[] tokens = decoder.losses(batch);
      int start = 0;
      for (int i = 0; i < counted.length; i++) {
        int end = start + batch.count(i);
        losses[counted[i]] = Arrays.copyOfRange(tokens, start, end);
        start = end;
      }
    }
    return List.of(losses);
  }

  /**
   * The loss of one sample: of each token of the response, given all before it.
   *
   * @throws IllegalArgumentException as {@link #tokenLosses} does
   * @throws IllegalStateException if the options ask for batches, which {@link #losses} makes
   */
  public SampleLoss loss(EncodedSample sample) {
    if (options.batching() != Batching.SINGLE) {
      throw new IllegalStateException(
          "losses by " + kernel() + " are of all samples together; call losses");
    }
    return SampleLoss.of(tokenLosses(sample));
  }

  /**
   * −log p of each counted token of a sample by itself; none if no token counts.
   *
   * @throws IllegalArgumentException if a token id is outside the model's vocabulary, or the sample
   *     is longer than the options' sequence length, or than the positions that a model with
   *     learned positions has
   */
  public float[] tokenLosses(EncodedSample sample) {
    return together(List.of(sample)).get(0);
  }

  /**
   * What beside the weights and the sample decides a loss: precision, backend, batch plan, version
   * and machine. Part of the key of the loss table.
   */
  public String kernel() {
    return String.format(
        Locale.ROOT,
        "%s-%s-%s%s%s",
        options.precision().text(),
        backend(),
        options.batching().title(),
        BEFORE_MACHINE,
        Machine.name(options.device()));
  }

  /**
   * The machine on which losses by these options are computed, as a kernel's name ends: the
   * engine's version and the device's instructions. Losses of different machines may differ in
   * their last bits.
   */
  public static String machine(LossOptions options) {
    return Machine.name(options.device());
  }

  /**
   * The machine that a kernel's name ends with.
   *
   * @return empty if another version of the computation had that name
   */
  public static Optional<String> machine(String kernel) {
    int at = kernel.indexOf(BEFORE_MACHINE);
    return at < 0 ? Optional.empty() : Optional.of(kernel.substring(at + BEFORE_MACHINE.length()));
  }

  /** Whether a machine's losses are a GPU's. */
  public static boolean isGpu(String machine) {
    return machine.matches(".*-(sm\\d+|cuda)");
  }

  /** Loads PyTorch's libraries, which otherwise happens with the first model. */
  static void startEngine() {
    Engine.getEngine("PyTorch");
  }

  /** Seconds of one plain product of two square matrices. */
  double secondsOfProduct(int size) {
    return decoder.secondsOfProduct(size);
  }

  private String backend() {
    return options.gpu() >= 0 ? "cuda" : decoder.layout().title();
  }

  /** Gives all native memory back. */
  @Override
  public void close() {
    decoder.close();
  }

  private void requireFits(EncodedSample sample) {
    for (int id : sample.ids()) {
      if (id < 0 || id >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "token id "
                + id
                + " is outside the model's vocabulary of "
                + config.vocabularySize()
                + "; the tokenizer is not the model's");
      }
    }
    if (sample.length() > options.sequenceLength()) {
      throw new IllegalArgumentException(
          "a sample of "
              + sample.length()
              + " tokens is longer than the sequence length of "
              + options.sequenceLength()
              + "; cut it");
    }
    if (config.endsAtMaxPositions() && sample.length() - 1 > config.maxPositions()) {
      throw new IllegalArgumentException(
          "a sample of "
              + sample.length()
              + " tokens is longer than the model's "
              + config.maxPositions()
              + " positions; cut it");
    }
  }
}
