package dev.assay.jobs.losses;

import dev.assay.jobs.TextDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A sample: a prompt and its response as text, or as token ids.
 *
 * @param id as its owner names it; of the content where none is given
 * @param block of the chain that it belongs to; 0 for none
 * @param prompt empty where the sample is ids
 * @param response empty where the sample is ids
 * @param ids prompt and response as token ids; empty where the sample is text
 * @param promptLength ids that are the prompt's
 */
public record LossSample(
    String id,
    long block,
    Optional<String> prompt,
    Optional<String> response,
    List<Integer> ids,
    int promptLength) {
  public LossSample {
    ids = List.copyOf(ids);
  }

  /** Text, which a tokenizer and a template turn into ids. */
  public static LossSample text(Optional<String> id, long block, String prompt, String response) {
    return new LossSample(
        id.orElseGet(() -> TextDigest.of(prompt.length() + ":" + prompt + response)),
        block,
        Optional.of(prompt),
        Optional.of(response),
        List.of(),
        0);
  }

  /** Token ids as they are. */
  public static LossSample ids(Optional<String> id, long block, int[] ids, int promptLength) {
    return new LossSample(
        id.orElseGet(() -> TextDigest.of(promptLength + ":" + Arrays.toString(ids))),
        block,
        Optional.empty(),
        Optional.empty(),
        Arrays.stream(ids).boxed().toList(),
        promptLength);
  }

  boolean isText() {
    return prompt.isPresent();
  }
}
