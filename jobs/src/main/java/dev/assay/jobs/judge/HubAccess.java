package dev.assay.jobs.judge;

import dev.assay.jobs.config.HubSettings;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubEnvironment;
import dev.assay.model.hub.http.AccessToken;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the hub and its mirrors are: what driver and executors make their clients of. */
public record HubAccess(String endpoint, List<String> mirrors, Duration silence)
    implements Serializable {

  /** As the settings say. */
  public static HubAccess of(HubSettings settings) {
    return new HubAccess(
        settings.endpoint(), new ArrayList<>(settings.mirrors()), settings.silence());
  }

  /** A client with the token that the process's own environment has for this hub. */
  public HubClient ownClient() {
    return client(HubEnvironment.ofProcess().token(endpoint));
  }

  /**
   * A client with a token. What {@code huggingface_hub} has on this machine isn't fetched again.
   */
  public HubClient client(Optional<String> token) {
    URI hub = URI.create(endpoint);
    HubClient client =
        token
            .filter(secret -> !secret.isBlank())
            .map(secret -> HubClient.of(hub, AccessToken.of(secret)))
            .orElseGet(() -> HubClient.of(hub));
    return client
        .withMirrors(mirrors.stream().map(URI::create).toList())
        .withSilence(silence)
        .withDownloads(HubEnvironment.ofProcess().downloads());
  }
}
