package dev.assay.jobs.config;

import dev.assay.model.hub.HubEnvironment;
import dev.assay.model.hub.http.AccessToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be read from the environment only, and never be printed.
 *
 * @param hubToken of {@code ASSAY_HUB_TOKEN}, or as {@link HubEnvironment#token} says
 * @param hotkeyPassword of {@code ASSAY_HOTKEY_PASSWORD}
 * @param catalogPassword of {@code ASSAY_CATALOG_PASSWORD}: of the user {@code catalog.user}
 * @param runsKey of {@code WANDB_API_KEY}: of the user whom Weights &amp; Biases shows runs
 * @param webhooks of {@code ASSAY_WEBHOOKS}: addresses that alerts are sent to, between spaces;
 *     whoever knows one can write there
 */
public record Secrets(
    Optional<String> hubToken,
    Optional<String> hotkeyPassword,
    Optional<String> catalogPassword,
    Optional<String> runsKey,
    List<String> webhooks) {
  private static final Pattern WEBHOOK =
      Pattern.compile("(?:(?:discord|slack|json)\\+)?https?://[^\\s]{1,1000}");

  public Secrets {
    webhooks = List.copyOf(webhooks);
  }

  /**
   * Those of an environment.
   *
   * @param hub the endpoint that the hub's token is for
   * @throws ConfigurationException if the token can't be a token; it doesn't show it
   */
  public static Secrets of(Map<String, String> environment, String hub) {
    return new Secrets(
        new HubEnvironment(environment)
            .token(hub)
            .map(token -> usable(token, environment.containsKey("ASSAY_HUB_TOKEN"))),
        Optional.ofNullable(environment.get("ASSAY_HOTKEY_PASSWORD")),
        catalogPassword(environment),
        runsKey(environment),
        webhooks(environment.getOrDefault("ASSAY_WEBHOOKS", "")));
  }

  /** That alone, for a session of Spark, which has no configuration. */
  public static Optional<String> catalogPassword(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("ASSAY_CATALOG_PASSWORD"))
        .filter(password -> !password.isEmpty());
  }

  private static Optional<String> runsKey(Map<String, String> environment) {
    Optional<String> key =
        Optional.ofNullable(environment.get("WANDB_API_KEY")).filter(text -> !text.isEmpty());
    if (key.filter(text -> !text.matches("[\\x21-\\x7e]{1,200}")).isPresent()) {
      throw new ConfigurationException(
          "WANDB_API_KEY contains a line break, a space or another character that keys cannot have;"
              + " set it again without");
    }
    return key;
  }

  private static List<String> webhooks(String words) {
    List<String> addresses =
        Pattern.compile("\\s+")
            .splitAsStream(words.strip())
            .filter(word -> !word.isEmpty())
            .toList();
    for (int index = 0; index < addresses.size(); index++) {
      if (!WEBHOOK.matcher(addresses.get(index)).matches()) {
        throw new ConfigurationException(
            "ASSAY_WEBHOOKS: address %d of %d is no https:// address; separate them by spaces"
                .formatted(index + 1, addresses.size()));
      }
    }
    return addresses;
  }

  private static String usable(String token, boolean isOurs) {
    try {
      AccessToken.of(token);
      return token;
    } catch (IllegalArgumentException unusable) {
      throw new ConfigurationException(
          (isOurs ? "ASSAY_HUB_TOKEN" : "HF_TOKEN, or the token that hf has stored,")
              + " contains a line break, a space or another character that tokens cannot have; set"
              + " it again without");
    }
  }

  /** Says only which are there. */
  @Override
  public String toString() {
    return "Secrets[hubToken="
        + (hubToken.isPresent() ? "set" : "not set")
        + ", hotkeyPassword="
        + (hotkeyPassword.isPresent() ? "set" : "not set")
        + ", catalogPassword="
        + (catalogPassword.isPresent() ? "set" : "not set")
        + ", runsKey="
        + (runsKey.isPresent() ? "set" : "not set")
        + ", webhooks="
        + webhooks.size()
        + "]";
  }
}
