package dev.assay.model.architecture;

import java.util.List;

/** What is asked of a model family once a configuration is read. */
public interface ModelFamily {
  /** The model_type of config.json. */
  String modelType();

  /** The class that transformers loads, as config.json's architectures name it. */
  String architecture();

  /**
   * Every tensor that a checkpoint of this configuration has, and no other, in the order of the
   * forward pass; linear layers are [out, in] but for GPT-2's, which are [in, out].
   */
  List<ExpectedTensor> expectedTensors(ModelConfig config);

  /** Whether rotary positions come from a table of limited length, as GPT-J's do. */
  boolean hasTableOfPositions();
}
