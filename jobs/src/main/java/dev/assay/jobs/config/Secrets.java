package dev.assay.jobs.config;

import dev.assay.model.hub.http.AccessToken;
import java.util.Map;
import java.util.Optional;

/**
 * What may be read from the environment only, and never be printed.
 *
 * @param hubToken of {@code ASSAY_HUB_TOKEN}
 * @param hotkeyPassword of {@code ASSAY_HOTKEY_PASSWORD}
 */
public record Secrets(Optional<String> hubToken, Optional<String> hotkeyPassword) {
  /**
   * Those of an environment.
   *
   * @throws ConfigurationException if the token can't be a token; it doesn't show it
   */
  public static Secrets of(Map<String, String> environment) {
    return new Secrets(
        Optional.ofNullable(environment.get("ASSAY_HUB_TOKEN"))
            .filter(token -> !token.isBlank())
            .map(Secrets::usable),
        Optional.ofNullable(environment.get("ASSAY_HOTKEY_PASSWORD")));
  }

  private static String usable(String token) {
    try {
      AccessToken.of(token);
      return token;
    } catch (IllegalArgumentException unusable) {
      throw new ConfigurationException(
          "ASSAY_HUB_TOKEN contains a line break, a space or another character that tokens cannot"
              + " have; set it again without");
    }
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
