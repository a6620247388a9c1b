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
import dev.assay.model.checkpoint.TensorEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The loaded decoder program with a checkpoint's tensors mapped into it, and how its methods are
 * called.
 */
final class DecoderProgram implements AutoCloseable {
  private final DecoderOptions options;
  private final Model model;

  private DecoderProgram(DecoderOptions options, Model model) {
    this.options = options;
    this.model = model;
  }

  /** Loads the program and maps the files; no weight is made of them yet. */
  static DecoderProgram load(
      Architecture architecture, Map<String, TensorEntry> tensors, DecoderOptions options) {
    Model model = Model.newInstance("decoder", options.device(), "PyTorch");
    DecoderProgram program = new DecoderProgram(options, model);
    try {
      byte[] archive = DecoderArchive.pack(architecture.attributes(options), options.layout());
      model.load(new ByteArrayInputStream(archive));
      for (ProgramCall call : ProgramCall.mapping(architecture, tensors)) {
        program.call(call.method(), call.values());
      }
      return program;
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

  /** Maps a whole file as elements of one type under a key. */
  void map(String key, Path file, int scalarType, int elementBytes) throws IOException {
    ProgramCall call = ProgramCall.map(key, file, scalarType, elementBytes);
    call(call.method(), call.values());
  }

  NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  /**
   * Calls a method that returns nothing of interest, outside autograd, and closes its arguments.
   */
  void call(String method, IValue... arguments) {
    result(method, arguments).close();
  }

  /** Calls a method that returns f32 values, outside autograd, and closes its arguments. */
  float[] floats(String method, IValue... arguments) {
    try (NDManager manager = newManager();
        IValue result = result(method, arguments)) {
      return result.toTensor((PtNDManager) manager).toFloatArray();
    }
  }

  /** Calls a method outside autograd and closes its arguments, but not its result. */
  IValue result(String method, IValue... arguments) {
    prepareThread();
    try {
      return IValueUtils.runMethod(block(), method, arguments);
    } finally {
      for (IValue argument : arguments) {
        argument.close();
      }
    }
  }

  /** Calls a method that takes and returns tensors only, under autograd. */
  NDArray callWithGradients(String method, NDList inputs, NDManager manager) {
    NDArray name = manager.create(0f);
    name.setName("module_method:" + method);
    NDList named = new NDList(inputs);
    named.add(name);
    prepareThread();
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return IValueUtils.forward(block(), named, true).singletonOrThrow();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** A batch as the program takes it: ids, rows and labels. */
  NDList inputs(Batch batch, NDManager manager) {
    NDArray ids = manager.create(batch.ids(), new Shape(batch.samples(), batch.positions()));
    NDArray rows = manager.create(batch.rows());
    NDArray labels = manager.create(batch.labels());
    return new NDList(ids, rows, labels);
  }

  static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  /** Gives back the weights, their mappings and everything else that is native. */
  @Override
  public void close() {
    model.close();
    if (options.device().isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  private PtSymbolBlock block() {
    return (PtSymbolBlock) model.getBlock();
  }

  /**
   * Both settings belong to the calling thread. PyTorch's graph optimiser compiles anew for each
   * length of a sample and wins nothing here.
   */
  private void prepareThread() {
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(options.threads());
  }
}
