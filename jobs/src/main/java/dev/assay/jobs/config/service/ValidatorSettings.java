package dev.assay.jobs.config.service;

import dev.assay.score.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How {@code assay validator} runs; no result depends on it.
 *
 * @param listen {@code host:port} where it serves its health and its metrics; empty means nowhere
 * @param poll time between two looks at the chain
 * @param leaderboard folder of pages that each served window renews; empty for none
 */
public record ValidatorSettings(String listen, Duration poll, String leaderboard) {
  private static final Pattern ADDRESS = Pattern.compile("([^\\s:]+):([0-9]{1,5})");
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int LARGEST_PORT = 65_535;

  public ValidatorSettings {
    listen = listen == null ? "" : listen.strip();
    leaderboard = leaderboard == null ? "" : leaderboard.strip();
    String address = listen;
    String pages = leaderboard;
    Limits.all(() -> requireAddress(address), () -> requirePoll(poll), () -> requireFolder(pages));
  }

  /** An address to listen on. */
  public record Address(String host, int port) {}

  /** Where to serve, if anywhere. */
  public Optional<Address> address() {
    Matcher parts = ADDRESS.matcher(listen);
    return parts.matches()
        ? Optional.of(new Address(parts.group(1), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  /** Where the leaderboard's pages go, if anywhere. */
  public Optional<Path> site() {
    return leaderboard.isEmpty() ? Optional.empty() : Optional.of(Path.of(leaderboard));
  }

  private static void requireFolder(String leaderboard) {
    if (leaderboard.contains("://") || leaderboard.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "validator.leaderboard is " + leaderboard + "; a folder of this machine, or empty");
    }
  }

  private static void requirePoll(Duration poll) {
    if (poll == null || poll.compareTo(SHORTEST) < 0 || poll.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "validator.poll is "
              + (poll == null ? "empty" : poll.toMillis() + "ms")
              + "; at least 50ms and at most 1h");
    }
  }

  private static void requireAddress(String listen) {
    Matcher parts = ADDRESS.matcher(listen);
    if (!listen.isEmpty()
        && !(parts.matches() && Integer.parseInt(parts.group(2)) <= LARGEST_PORT)) {
      throw new IllegalArgumentException(
          "validator.listen is " + listen + "; host:port, such as 127.0.0.1:9464, or empty");
    }
  }
}
