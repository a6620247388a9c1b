package dev.assay.jobs.config;

/**
 * The hub that models are downloaded from.
 *
 * @param endpoint address of a Hugging Face compatible hub
 * @param timeoutSeconds longest wait of one request without progress
 * @param maxRepositoryBytes most bytes taken of one model
 */
public record HubSettings(String endpoint, int timeoutSeconds, long maxRepositoryBytes) {
  public HubSettings {
    Require.present("hub.endpoint", endpoint);
    Require.atLeast("hub.timeout_seconds", timeoutSeconds, 1);
    Require.atLeast("hub.max_repository_bytes", maxRepositoryBytes, 1);
  }
}
