package dev.assay.model.rejection;

/** Why a checkpoint is refused. The list is closed: a verdict names one of these. */
public enum Rejection {
  /** A file that every checkpoint has is not there. */
  MISSING_FILE,
  /** A file whose name is not on the list of files a checkpoint may have. */
  FILE_NOT_ALLOWED,
  /** A name that is not plain: a path, a control character, a character outside ASCII. */
  NAME_NOT_ALLOWED,
  /** Two names that some file system takes for one. */
  NAME_COLLISION,
  /** A symbolic link, a directory or a device where a regular file is expected. */
  NOT_A_REGULAR_FILE,
  TOO_MANY_FILES,
  FILE_TOO_LARGE,
  CHECKPOINT_TOO_LARGE,
  /** A JSON file that is not JSON, not an object, nested too deeply, or repeats a key. */
  MALFORMED_JSON,
  /** A key of config.json is missing, has the wrong type, or is outside its range. */
  CONFIG_VALUE,
  /** The model type or a feature that the configuration asks for is not supported. */
  UNSUPPORTED_CONFIG,
  /** A safetensors file ends before its header or its data do. */
  TRUNCATED,
  HEADER_TOO_LARGE,
  /** A safetensors header that is not what the format says. */
  MALFORMED_HEADER,
  /** A tensor type that is unknown, or that weights cannot have. */
  UNKNOWN_DTYPE,
  /** A size that does not fit its arithmetic. */
  SIZE_OVERFLOW,
  OVERLAPPING_TENSORS,
  /** Bytes of the file that belong to no tensor. */
  UNCOVERED_BYTES,
  MISALIGNED_TENSOR,
  TOO_MANY_TENSORS,
  TOO_MANY_PARAMETERS,
  MISSING_SHARD,
  /** The shard index and the shards contradict each other. */
  WRONG_INDEX,
  /** One tensor is stored twice. */
  DUPLICATE_TENSOR,
  MISSING_TENSOR,
  UNEXPECTED_TENSOR,
  WRONG_SHAPE,
  /** A sample has an id that the model has no embedding for. */
  VOCABULARY_TOO_SMALL,
  /** The model has no position for the last tokens of a sample. */
  SEQUENCE_TOO_SHORT,
  /** The configuration asks for more computation or memory a token than is allowed. */
  TOO_MUCH_COMPUTATION,
  /** A weight is NaN or infinite. */
  NON_FINITE_WEIGHT,
  NORM_TOO_LARGE,
  MALFORMED_TOKENIZER,
  TOKENIZER_TOO_LARGE,
  /** The tokenizer holds something that is not on the allow-list, or ends what loads it. */
  TOKENIZER_NOT_ALLOWED,
  /** The files beside tokenizer.json ask for other ids than it gives. */
  AMBIGUOUS_TOKENIZER,
  /**
   * A marker of the chat template is not a token of the tokenizer, or is one where it must not be.
   */
  TEMPLATE_MISMATCH
}
