package dev.assay.model.checkpoint;

import dev.assay.model.rejection.Quoted;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that no checkpoint has, all named in one sentence, with what can be done about them. */
final class ForeignFiles {
  private static final int MOST_NAMED = 5;
  private static final Pattern ADAPTER = Pattern.compile("adapter_(model|config)\\..*");
  private static final Pattern SAFETENSORS =
      Pattern.compile(".*\\.safetensors(-.*|\\.index\\.json)?");
  private static final Pattern OTHER_WEIGHTS =
      Pattern.compile(
          "pytorch_model.*|tf_model.*|flax_model.*|model.*\\.(bin|pt|pth|ckpt|onnx|h5|msgpack)"
              + "|consolidated.*|.*\\.gguf");

  private ForeignFiles() {}

  /** The refusal of files with these names, which are plain; at least one. */
  static RejectedCheckpointException refused(List<String> names) {
    String listed =
        names.stream().limit(MOST_NAMED).map(Quoted::quoted).collect(Collectors.joining(", "));
    if (names.size() > MOST_NAMED) {
      listed += " and " + (names.size() - MOST_NAMED) + " more";
    }
    return RejectedCheckpointException.because(
        Rejection.FILE_NOT_ALLOWED,
        "%s %s of a checkpoint; %s",
        listed,
        names.size() == 1 ? "is not a file" : "are not files",
        advice(names));
  }

  private static String advice(List<String> names) {
    if (names.stream().anyMatch(name -> ADAPTER.matcher(name).matches())) {
      return "merge the adapter into its model (merge_and_unload of PEFT) and save that as"
          + " model.safetensors";
    }
    if (names.stream().anyMatch(name -> SAFETENSORS.matcher(name).matches())) {
      return "name the weights model.safetensors, or shards model-00001-of-0000N.safetensors, in"
          + " model.safetensors.index.json too";
    }
    if (names.stream().anyMatch(name -> OTHER_WEIGHTS.matcher(name).matches())) {
      return "weights are safetensors: save them again with save_pretrained of transformers, and"
          + " leave the other form out";
    }
    return names.size() == 1 ? "keep it elsewhere" : "keep them elsewhere";
  }
}
