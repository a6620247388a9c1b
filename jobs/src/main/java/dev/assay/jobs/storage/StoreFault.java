package dev.assay.jobs.storage;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.s3a.AWSRedirectException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;

/** What an object store's failure is to an operator: one sentence that names the next step. */
public final class StoreFault {
  /** Of Amazon's client; S3A has it as the cause of whatever the store has answered. */
  private static final String CLIENT = "software.amazon.awssdk.";

  /** By its name, since it is the client's as well. */
  private static final String NO_KEYS = "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException";

  private static final Pattern REGION = Pattern.compile("region \\[([a-z0-9-]+)\\]");

  /** More causes than any failure has; they might go round in a circle. */
  private static final int DEEPEST = 64;

  private StoreFault() {}

  /**
   * A store's failure.
   *
   * @param what couldn't be done, with the address
   * @return {@link ConfigurationException} or {@link NotReadyException}
   */
  static RuntimeException worded(String what, Exception failure) {
    return of(what + ": ", failure)
        .orElseGet(
            () ->
                new NotReadyException(
                    what + ": " + firstLine(failure) + "; run again when it can", failure));
  }

  /** The same for a failure of any origin, if it comes of a store. */
  public static Optional<RuntimeException> of(Throwable failure) {
    return of("", failure);
  }

  /**
   * The same, if it comes of a store.
   *
   * @param what begins the sentence
   */
  public static Optional<RuntimeException> of(String what, Throwable failure) {
    boolean ofClient = false;
    boolean denied = false;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof ConfigurationException || cause instanceof NotReadyException) {
        return Optional.empty();
      }
      if (cause instanceof UnknownStoreException) {
        return Optional.of(
            refused(
                what
                    + "there is no such bucket where s3.endpoint leads; create it, or correct the"
                    + " address",
                failure));
      }
      if (cause instanceof AWSRedirectException) {
        return Optional.of(refused(what + elsewhere(cause), failure));
      }
      if (cause.getClass().getName().equals(NO_KEYS)) {
        return Optional.of(
            refused(
                what
                    + "neither the environment nor the machine has keys for the object store; set"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                failure));
      }
      if (cause instanceof FileNotFoundException) {
        return Optional.empty();
      }
      denied |= cause instanceof AccessDeniedException;
      ofClient |= cause.getClass().getName().startsWith(CLIENT);
      cause = cause.getCause();
    }
    return ofClient ? Optional.of(answered(what, denied, failure)) : Optional.empty();
  }

  private static RuntimeException answered(String what, boolean denied, Throwable failure) {
    return denied
        ? refused(
            what
                + "the object store refuses these keys or a right of theirs; correct"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or let them list, read, write and"
                + " delete there",
            failure)
        : new NotReadyException(
            what
                + "the object store doesn't do it: "
                + reason(failure)
                + "; start it or correct s3.endpoint, then run again",
            failure);
  }

  private static String elsewhere(Throwable redirect) {
    Matcher region = REGION.matcher(String.valueOf(redirect.getMessage()));
    return region.find()
        ? "the bucket is in the region %s; set s3.region to it".formatted(region.group(1))
        : "the bucket is in another region; set s3.region to it";
  }

  /** The deepest cause says what happened, the others where. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < DEEPEST; depth++) {
      cause = cause.getCause();
    }
    return firstLine(cause);
  }

  static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .strip()
        .replaceFirst("[.;]+$", "");
  }

  private static ConfigurationException refused(String what, Throwable cause) {
    return new ConfigurationException(what, cause);
  }
}
