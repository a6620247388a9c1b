package dev.assay.model.hub.http;

import dev.assay.model.hub.http.HubException.Broken;
import dev.assay.model.hub.http.HubException.Mismatch;
import dev.assay.model.hub.http.HubException.MutableRevision;
import dev.assay.model.hub.http.HubException.NotFound;
import dev.assay.model.hub.http.HubException.Refused;
import dev.assay.model.hub.http.HubException.TooLarge;
import dev.assay.model.hub.http.HubException.Unavailable;

/**
 * Why the hub did not deliver or accept something. The kinds tell whose fault it can be: {@link
 * NotFound}, {@link TooLarge}, {@link Mismatch} and {@link MutableRevision} are facts about what a
 * publisher has put there; {@link Unavailable} and {@link Broken} are the hub's or the network's
 * trouble and say nothing about the publisher; {@link Refused} is about our own request or token.
 */
public abstract sealed class HubException extends RuntimeException
    permits NotFound, Unavailable, Broken, TooLarge, Mismatch, MutableRevision, Refused {

  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTED = 200;

  private HubException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The repository, the revision or the file does not exist, or is not public. */
  public static final class NotFound extends HubException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message, null);
    }
  }

  /** The hub could not be reached, answered with a fault of its own, or took too long. */
  public static final class Unavailable extends HubException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unavailable(String message) {
      super(message, null);
    }
  }

  /** What came is cut short, or another thing each time: a transfer's fault. */
  public static final class Broken extends HubException {
    private static final long serialVersionUID = 1L;

    public Broken(String message) {
      super(message, null);
    }
  }

  /** What the repository holds exceeds a limit of the download. */
  public static final class TooLarge extends HubException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String what, long size, long limit, String unit) {
      super(what + " has " + size + " " + unit + " or more; the limit is " + limit, null);
    }
  }

  /** Twice the same: bytes that are not those of the listing, or a listing that is nonsense. */
  public static final class Mismatch extends HubException {
    private static final long serialVersionUID = 1L;

    public Mismatch(String message) {
      super(message, null);
    }
  }

  /** A revision that is not a full commit id, and so can change its content at any time. */
  public static final class MutableRevision extends HubException {
    private static final long serialVersionUID = 1L;

    public MutableRevision(String revision) {
      super(
          "the revision '" + quoted(revision) + "' is not a commit id of 40 lower-case hex digits",
          null);
    }
  }

  /** The hub refused the request itself: a wrong token, a missing permission, a conflict. */
  public static final class Refused extends HubException {
    private static final long serialVersionUID = 1L;
    private final int status;

    public Refused(int status, String message) {
      super(message, null);
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  /** Whether another look found the same; messages hold all that was announced and delivered. */
  boolean isSameAs(HubException other) {
    return getClass() == other.getClass() && getMessage().equals(other.getMessage());
  }

  /** A stranger's text, shortened and without control characters, fit for a message. */
  public static String quoted(String text) {
    String plain = text.replaceAll("\\p{C}", "?");
    return plain.length() <= MAX_QUOTED ? plain : plain.substring(0, MAX_QUOTED) + "…";
  }
}
