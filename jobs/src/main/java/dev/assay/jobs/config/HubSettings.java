package dev.assay.jobs.config;

/**
 * The hub that models are downloaded from.
 *
 * @param endpoint address of a Hugging Face compatible hub
 */
public record HubSettings(String endpoint) {
  public HubSettings {
    Require.present("hub.endpoint", endpoint);
  }
}
