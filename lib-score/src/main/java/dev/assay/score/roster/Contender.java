package dev.assay.score.roster;

import dev.assay.score.Limits;
import dev.assay.score.entry.Registration;
import java.util.Objects;

/**
 * A model that a window could evaluate.
 *
 * @param registration of the hotkey that committed to it
 * @param block of the commitment
 * @param content names what was committed: equal for what is known to be an exact copy
 * @param paid what consensus pays it now, at least 0
 * @param past what the last evaluation of an earlier window left of it
 */
public record Contender(
    Registration registration, long block, String content, long paid, Past past) {
  public Contender {
    Objects.requireNonNull(registration, "registration");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(past, "past");
    Limits.atLeast("what consensus pays " + registration.hotkey(), paid, 0);
  }
}
