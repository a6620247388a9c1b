package dev.assay.jobs.wandb;

import dev.assay.jobs.config.ConfigurationException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a project's runs, as docs/feed.md has it: {@code
 * wandb+https://api.wandb.ai/ENTITY/PROJECT}.
 *
 * @param service where GraphQL is asked
 * @param type that a run's configuration has as its {@code type}
 * @param state that a run is in; empty for any
 */
record RunsAddress(
    URI service, String entity, String project, String type, Optional<String> state) {
  private static final String DEFAULT_PROJECT = "/cortex-t/multi-modality";
  private static final Pattern PATH = Pattern.compile("/([\\w.-]{1,128})/([\\w.-]{1,128})/?");
  private static final Pattern QUERY =
      Pattern.compile("(?:type=([\\w.-]{1,128}))?&?(?:state=([a-z]{1,32}))?");

  /**
   * Reads an address.
   *
   * @throws ConfigurationException if it is none of a project
   */
  static RunsAddress of(URI endpoint) {
    String path = endpoint.getPath().length() > 1 ? endpoint.getPath() : DEFAULT_PROJECT;
    Matcher project = PATH.matcher(path);
    Matcher query = QUERY.matcher(Optional.ofNullable(endpoint.getQuery()).orElse(""));
    if (endpoint.getHost() == null || !project.matches() || !query.matches()) {
      throw new ConfigurationException(
          "feed.endpoint is "
              + endpoint
              + "; the runs of a project are written"
              + " wandb+https://api.wandb.ai/ENTITY/PROJECT?type=validator&state=running");
    }
    String scheme = endpoint.getScheme().substring(endpoint.getScheme().indexOf('+') + 1);
    if (!scheme.equals("https") && !isOwn(endpoint.getHost())) {
      throw new ConfigurationException(
          "feed.endpoint is "
              + endpoint
              + ", and the key would travel in the open; write wandb+https://");
    }
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    String state = Optional.ofNullable(query.group(2)).orElse("running");
    return new RunsAddress(
        URI.create(scheme + "://" + endpoint.getHost() + port + "/graphql"),
        project.group(1),
        project.group(2),
        Optional.ofNullable(query.group(1)).orElse("validator"),
        state.equals("any") ? Optional.empty() : Optional.of(state));
  }

  /** Whether it is this machine: what is sent there, no one else reads. */
  private static boolean isOwn(String host) {
    return host.equals("localhost") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
