package dev.assay.model.causal;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.assay.model.checkpoint.ModelConfig;
import dev.assay.model.checkpoint.TensorEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A model in memory: weights mapped from a checkpoint's files, and the program that computes with
 * them. One thread at a time may use it.
 */
public final class Decoder implements AutoCloseable {
  private static final String ENGINE = "PyTorch";

  private final Architecture architecture;
  private final List<RotaryFrequencies> frequencies;
  private final DecoderOptions options;
  private final Model model;
  private boolean packed;

  private Decoder(Architecture architecture, DecoderOptions options, Model model) {
    this.architecture = architecture;
    this.frequencies = architecture.frequencies();
    this.options = options;
    this.model = model;
  }

  /**
   * Maps a checkpoint for computing losses.
   *
   * @param tensors where each tensor of the configuration lies, by name; already verified
   */
  public static Decoder open(
      ModelConfig config, Map<String, TensorEntry> tensors, DecoderOptions options) {
    return open(
        config,
        tensors,
        options,
        decoder -> {
          decoder.call("bind", decoder.unused());
          decoder.packed = options.packed() && decoder.pack();
        });
  }

  /** Copies a checkpoint into f32 parameters that {@link #accumulate} and {@link #update} train. */
  public static Decoder openForTraining(
      ModelConfig config, Map<String, TensorEntry> tensors, DecoderOptions options) {
    return open(config, tensors, options, decoder -> decoder.callWithGradients("train_all"));
  }

  private static Decoder open(
      ModelConfig config,
      Map<String, TensorEntry> tensors,
      DecoderOptions options,
      Consumer<Decoder> finish) {
    Architecture architecture = new Architecture(config);
    Model model = Model.newInstance("decoder", options.device(), ENGINE);
    Decoder decoder = new Decoder(architecture, options, model);
    try {
      byte[] archive = DecoderArchive.pack(architecture.attributes(options));
      model.load(new ByteArrayInputStream(archive));
      decoder.map(tensors);
      finish.accept(decoder);
      return decoder;
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      model.close();
      throw new IllegalStateException("PyTorch does not load the decoder program", e);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private void map(Map<String, TensorEntry> tensors) throws IOException {
    Set<String> files = new HashSet<>();
    Set<String> sources = new HashSet<>();
    for (Recipe recipe : architecture.recipes()) {
      TensorEntry tensor = tensors.get(recipe.tensor());
      if (tensor == null) {
        throw new IllegalArgumentException("the checkpoint has no tensor " + recipe.tensor());
      }
      String key = tensor.dtype() + ":" + tensor.file();
      if (files.add(key)) {
        mapFile(key, tensor);
      }
      if (sources.add(tensor.name())) {
        call(
            "place",
            IValue.from(tensor.name()),
            IValue.from(key),
            IValue.from(tensor.offset() / tensor.dtype().bytes()),
            IValue.from(tensor.elements()));
      }
      call(
          "use",
          IValue.from(recipe.layer()),
          IValue.from(recipe.role()),
          IValue.from(recipe.tensor()),
          longs(recipe.shape()),
          IValue.from(recipe.transposed()),
          longs(recipe.rows()),
          longs(recipe.group()),
          IValue.from(recipe.plus()),
          IValue.from(recipe.f32()));
    }
  }

  private void mapFile(String key, TensorEntry tensor) throws IOException {
    Path file = tensor.file();
    call(
        "map",
        IValue.from(key),
        IValue.from(file.toString()),
        IValue.from(Files.size(file) / tensor.dtype().bytes()),
        IValue.from(ScalarTypes.of(tensor.dtype())));
  }

  /**
   * The losses of a batch's counted tokens.
   *
   * @return −log p of each counted token, sample by sample
   */
  public float[] losses(Batch batch) {
    prepareThread();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList inputs = inputs(batch, manager);
      IValue[] arguments =
          inputs.stream().map(array -> IValue.from((PtNDArray) array)).toArray(IValue[]::new);
      try (IValue result = IValueUtils.runMethod(block(), "losses", arguments)) {
        return result.toTensor((PtNDManager) manager).toFloatArray();
      } finally {
        close(arguments);
      }
    }
  }

  /**
   * Adds the gradient of {@code share} times the sum of the batch's losses to the parameters'
   * gradients.
   *
   * @return the sum of the losses
   */
  public double accumulate(Batch batch, double share) {
    prepareThread();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList inputs = inputs(batch, manager);
      inputs.add(manager.create((float) share));
      return run("accumulate", inputs, manager);
    }
  }

  /**
   * Takes one AdamW step and clears the gradients.
   *
   * @return the norm of the gradients before they were clipped
   */
  public double update(AdamW step) {
    prepareThread();
    IValue rates = IValue.listFrom(step.rates());
    try (NDManager manager = model.getNDManager().newSubManager();
        IValue result = IValueUtils.runMethod(block(), "update", rates)) {
      double norm = result.toTensor((PtNDManager) manager).toDoubleArray()[0];
      if (!architecture.weightsAreViews()) {
        callWithGradients("bind");
      }
      return norm;
    } finally {
      rates.close();
    }
  }

  /** A stretch of a checkpoint tensor's present values, in row-major order. */
  public float[] values(String tensor, long offset, int size) {
    IValue[] arguments = {IValue.from(tensor), IValue.from(offset), IValue.from(size)};
    try (NDManager manager = model.getNDManager().newSubManager();
        IValue result = IValueUtils.runMethod(block(), "values", arguments)) {
      return result.toTensor((PtNDManager) manager).toFloatArray();
    } finally {
      close(arguments);
    }
  }

  /** Gives back the weights, their mappings and everything else that is native. */
  @Override
  public void close() {
    model.close();
    if (options.device().isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  private NDList inputs(Batch batch, NDManager manager) {
    NDArray ids = manager.create(batch.ids(), new Shape(batch.samples(), batch.positions()));
    NDArray rows = manager.create(batch.rows());
    NDArray labels = manager.create(batch.labels());
    int half = config().rotary().map(rotary -> rotary.dimensions() / 2).orElse(0);
    float[] angles = new float[batch.samples() * frequencies.size() * half];
    int next = 0;
    for (int sample = 0; sample < batch.samples(); sample++) {
      for (RotaryFrequencies table : frequencies) {
        for (double frequency : table.at(batch.length(sample))) {
          angles[next++] = (float) frequency;
        }
      }
    }
    NDArray turns = manager.create(angles, new Shape(batch.samples(), frequencies.size(), half));
    return new NDList(ids, rows, labels, turns);
  }

  private ModelConfig config() {
    return architecture.config();
  }

  /**
   * Whether linear weights lie in oneDNN's layout: asked for, and the processor can multiply them.
   */
  public boolean packed() {
    return packed;
  }

  /**
   * Seconds that {@code times} plain products of square matrices take in the decoder's precision.
   */
  public double secondsOfProducts(int size, int times) {
    prepareThread();
    long begin = System.nanoTime();
    call("multiply", IValue.from(size), IValue.from(times));
    return (System.nanoTime() - begin) / 1e9;
  }

  private boolean pack() {
    prepareThread();
    try (IValue result = IValueUtils.runMethod(block(), "pack")) {
      return result.toBoolean();
    }
  }

  private IValue unused() {
    return IValue.from((PtNDArray) model.getNDManager().create(0f));
  }

  private PtSymbolBlock block() {
    return (PtSymbolBlock) model.getBlock();
  }

  /**
   * Calls a method that returns nothing of interest, outside autograd, and closes its arguments.
   */
  private void call(String method, IValue... arguments) {
    prepareThread();
    try (IValue result = IValueUtils.runMethod(block(), method, arguments)) {
      result.isTensor();
    } finally {
      close(arguments);
    }
  }

  /** Calls a method of one tensor that it ignores, under autograd. */
  private void callWithGradients(String method) {
    prepareThread();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      run(method, new NDList(manager.create(0f)), manager);
    }
  }

  private double run(String method, NDList inputs, NDManager manager) {
    NDArray name = manager.create(0f);
    name.setName("module_method:" + method);
    inputs.add(name);
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return IValueUtils.forward(block(), inputs, true).singletonOrThrow().toFloatArray()[0];
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Both settings belong to the calling thread. PyTorch's graph optimiser compiles anew for each
   * length of a sample and wins nothing here.
   */
  private void prepareThread() {
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(options.threads());
  }

  private static IValue longs(List<Long> values) {
    return IValue.listFrom(values.stream().mapToLong(Long::longValue).toArray());
  }

  private static void close(IValue[] values) {
    for (IValue value : values) {
      value.close();
    }
  }
}
