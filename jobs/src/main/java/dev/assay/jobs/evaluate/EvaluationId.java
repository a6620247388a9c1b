package dev.assay.jobs.evaluate;

import dev.assay.jobs.TextDigest;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.score.bundle.ScheduleText;
import dev.assay.score.entry.Registration;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Names an evaluation by all that its result depends on. */
final class EvaluationId {
  /** Every line below is a part of the format: another line, another version. */
  private static final String HEADER = "assay-evaluation 2";

  private EvaluationId() {}

  /**
   * SHA-256, in lower-case hexadecimal, of the inputs, one per line: the same inputs make the same
   * evaluation, whoever runs it and however often.
   *
   * @param samplesDigest of the drawn samples' ids
   * @param previous evaluation whose scores are an input
   * @param left hotkeys whose models are not on the roster
   */
  static String of(
      ChainReading input,
      AssayConfiguration configuration,
      String samplesDigest,
      Optional<String> previous,
      List<String> left) {
    return TextDigest.of(text(input, configuration, samplesDigest, previous, left));
  }

  static String text(
      ChainReading input,
      AssayConfiguration configuration,
      String samplesDigest,
      Optional<String> previous,
      List<String> left) {
    Text text = new Text();
    text.line("genesis", input.genesis());
    text.line("subnet", input.netuid(), input.mechanism());
    text.line("block", input.block(), input.blockHash());
    text.line("window", input.window().number(), input.window().blocks());
    text.line("seed", input.seed());
    text.line("limits", input.limits().maxWeight(), input.limits().minCount());
    text.line("samples", samplesDigest);
    text.line("previous", previous.orElse("-"));
    text.line("old_commitments", configuration.competitions().competitionOfOldCommitments());
    text.lines(ScheduleText.write(configuration.competitions().schedule()));
    input.commitments().stream()
        .sorted(Comparator.comparing(CommitmentRow::hotkey))
        .forEach(
            row ->
                text.line(
                    "commitment",
                    row.hotkey(),
                    row.uid(),
                    row.registeredBlock(),
                    row.committedBlock(),
                    row.data()));
    input.registered().stream()
        .sorted(Comparator.comparingInt(Registration::uid))
        .forEach(each -> text.line("registered", each.uid(), each.hotkey(), each.block()));
    left.stream().sorted().forEach(hotkey -> text.line("not_due", hotkey));
    return text.toString();
  }

  /** Lines of words that hold no line feed: numbers, hexadecimal digits, addresses and names. */
  private static final class Text {
    private final StringBuilder text = new StringBuilder(HEADER).append('\n');

    void line(String keyword, Object... words) {
      text.append(keyword);
      for (Object word : words) {
        text.append(' ').append(word);
      }
      text.append('\n');
    }

    void lines(byte[] written) {
      text.append(new String(written, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
