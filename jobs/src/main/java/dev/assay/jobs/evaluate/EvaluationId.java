package dev.assay.jobs.evaluate;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.score.Registration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Names an evaluation by all that its result depends on. */
final class EvaluationId {
  private static final String DOMAIN = "assay evaluation 1";

  private EvaluationId() {}

  /**
   * SHA-256, in lower-case hexadecimal, of the inputs one a line: the same inputs make the same
   * evaluation, whoever runs it and however often.
   *
   * @param samplesDigest of the drawn samples' ids
   * @param previous evaluation whose scores are an input
   */
  static String of(
      EvaluationInput input,
      AssayConfiguration configuration,
      String samplesDigest,
      Optional<String> previous) {
    StringBuilder text = new StringBuilder(DOMAIN);
    List.of(
            input.netuid(),
            input.mechanism(),
            input.block(),
            input.blockHash(),
            input.window(),
            input.seed(),
            input.limits(),
            samplesDigest,
            previous.orElse("none"),
            configuration.window(),
            configuration.competitions())
        .forEach(part -> text.append('\n').append(part));
    input.commitments().stream()
        .sorted(Comparator.comparing(CommitmentRow::hotkey))
        .forEach(row -> text.append('\n').append(row));
    input.registered().stream()
        .sorted(Comparator.comparingInt(Registration::uid))
        .forEach(registration -> text.append('\n').append(registration));
    return TextDigest.of(text.toString());
  }
}
