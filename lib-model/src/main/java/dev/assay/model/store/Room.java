package dev.assay.model.store;

import java.io.IOException;
import java.util.Map;

/** What has to go so that something fits into a budget: what was used longest ago goes first. */
public final class Room {
  private Room() {}

  /** Takes a content out. */
  public interface Removal {
    /** Whether it is out; not if it is in use. */
    boolean remove(String content) throws IOException;
  }

  /**
   * Makes room, as far as what is in use lets.
   *
   * @param bytes that are to fit
   * @param limit bytes of all contents together
   * @param oldestFirst each content's bytes, in the order of their last use
   * @return bytes of the contents that stay; with what is to fit more than the limit if it does not
   */
  public static long make(long bytes, long limit, Map<String, Long> oldestFirst, Removal removal)
      throws IOException {
    long used = oldestFirst.values().stream().mapToLong(Long::longValue).sum();
    for (Map.Entry<String, Long> content : oldestFirst.entrySet()) {
      if (used + bytes <= limit) {
        break;
      }
      if (removal.remove(content.getKey())) {
        used -= content.getValue();
      }
    }
    return used;
  }
}
