package dev.assay.jobs.dataset;

import java.util.Optional;

/**
 * Which columns of a dataset hold prompts and responses. With none named, it has the columns of a
 * feed's sample, each signed by its producer.
 *
 * @param prompt name of a column of texts, together with {@code response}
 * @param response name of a column of texts
 * @param messages name of a column of conversations, in place of the two: a list of {@code role}
 *     and {@code content}
 */
record DatasetColumns(
    Optional<String> prompt, Optional<String> response, Optional<String> messages) {
  DatasetColumns {
    if (prompt.isPresent() != response.isPresent()) {
      throw new IllegalArgumentException("prompt= and response= are columns that go together");
    }
    if (prompt.isPresent() && messages.isPresent()) {
      throw new IllegalArgumentException("give messages=, or prompt= and response=, not both");
    }
  }

  /** Whether each row is signed by its own producer. */
  boolean areSigned() {
    return prompt.isEmpty() && messages.isEmpty();
  }
}
