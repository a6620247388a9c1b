package dev.assay.jobs.config;

import java.util.Map;
import java.util.Optional;

/**
 * What may be read from the environment only, and never be printed.
 *
 * @param hubToken of {@code ASSAY_HUB_TOKEN}
 * @param hotkeyPassword of {@code ASSAY_HOTKEY_PASSWORD}
 */
public record Secrets(Optional<String> hubToken, Optional<String> hotkeyPassword) {
  static Secrets of(Map<String, String> environment) {
    return new Secrets(
        Optional.ofNullable(environment.get("ASSAY_HUB_TOKEN")).filter(token -> !token.isBlank()),
        Optional.ofNullable(environment.get("ASSAY_HOTKEY_PASSWORD")));
  }

  /** Says only which are there. */
  @Override
  public String toString() {
    return "Secrets[hubToken="
        + (hubToken.isPresent() ? "set" : "not set")
        + ", hotkeyPassword="
        + (hotkeyPassword.isPresent() ? "set" : "not set")
        + "]";
  }
}
