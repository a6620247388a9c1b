package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.StrictYaml;
import java.util.ArrayList;
import java.util.List;

/**
 * The phrases by which the original refuses responses, as {@code conf/unwanted-phrases.yaml} keeps
 * them.
 *
 * @param phrases each an entry of its own
 * @param fused what the original's missing commas make of some of them
 */
record UnwantedPhrases(List<String> phrases, List<String> fused) {
  private static final String FILE = "unwanted-phrases.yaml";

  /** One form of the list: {@code none}, {@code corrected} or {@code as-written}. */
  static List<String> of(String form) {
    if (form.equals("none")) {
      return List.of();
    }
    String source = "the built-in " + FILE;
    UnwantedPhrases kept =
        StrictYaml.bind(
            source,
            StrictYaml.read(source, AssayConfiguration.builtIn(FILE)),
            UnwantedPhrases.class);
    List<String> list = new ArrayList<>(kept.phrases());
    if (form.equals("as-written")) {
      list.addAll(kept.fused());
    }
    return List.copyOf(list);
  }
}
