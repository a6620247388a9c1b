package dev.assay.jobs.config;

/**
 * A setting that cannot be used. The message is one line: the file, the key, the value, what to do
 * next.
 */
public final class ConfigurationException extends RuntimeException {
  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
