package dev.assay.jobs.feed;

/** A source of samples could not be asked, or does not answer as docs/feed.md says. */
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FeedException(String message) {
    super(message);
  }
}
