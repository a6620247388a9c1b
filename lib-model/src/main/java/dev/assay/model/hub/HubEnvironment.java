package dev.assay.model.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment of a process says of the hub: Assay's own variable, and those of {@code
 * huggingface_hub}, whose tools share a folder for the token and for downloads. See its page on
 * environment variables.
 *
 * @param variables the environment
 */
public record HubEnvironment(Map<String, String> variables) {
  private static final int MOST_TOKEN_BYTES = 8192;

  /** Those of this process. */
  public static HubEnvironment ofProcess() {
    return new HubEnvironment(System.getenv());
  }

  /** {@code HF_ENDPOINT}: the hub that people mean where nothing names another. */
  public Optional<String> endpoint() {
    return named("HF_ENDPOINT");
  }

  /**
   * The token's text: {@code ASSAY_HUB_TOKEN}, which is for any endpoint; else {@code HF_TOKEN},
   * else what {@code hf auth login} has stored. These two were given for the hub that everybody
   * means, so they go nowhere without encryption, unless {@code HF_ENDPOINT} names the place. A
   * localnet's hub gets neither.
   *
   * @param endpoint where it would be sent
   */
  public Optional<String> token(String endpoint) {
    Optional<String> ours = named("ASSAY_HUB_TOKEN");
    boolean isTheirs =
        endpoint.startsWith("https://")
            || endpoint().filter(named -> plain(named).equals(plain(endpoint))).isPresent();
    return isTheirs ? ours.or(() -> named("HF_TOKEN")).or(this::stored) : ours;
  }

  private static String plain(String endpoint) {
    return endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
  }

  /** A file that is large or can't be read holds no token. */
  private Optional<String> stored() {
    Path file = named("HF_TOKEN_PATH").map(this::path).orElseGet(() -> home().resolve("token"));
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_TOKEN_BYTES) {
        return Optional.empty();
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return Optional.of(text.strip()).filter(token -> !token.isEmpty());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Where {@code huggingface_hub} keeps what it has downloaded. */
  public HuggingFaceCache downloads() {
    Path folder = named("HF_HUB_CACHE").map(this::path).orElseGet(() -> home().resolve("hub"));
    return new HuggingFaceCache(Optional.of(folder));
  }

  private Path home() {
    return named("HF_HOME")
        .map(this::path)
        .orElseGet(
            () ->
                named("XDG_CACHE_HOME")
                    .map(this::path)
                    .orElseGet(() -> user().resolve(".cache"))
                    .resolve("huggingface"));
  }

  private Path path(String text) {
    boolean ofUser = text.equals("~") || text.startsWith("~/");
    return ofUser ? user().resolve(text.substring(Math.min(2, text.length()))) : Path.of(text);
  }

  private Path user() {
    return Path.of(named("HOME").orElseGet(() -> System.getProperty("user.home")));
  }

  private Optional<String> named(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
  }

  /** Shows no value: one of them is the token. */
  @Override
  public String toString() {
    return "HubEnvironment[" + variables.size() + " variables]";
  }
}
