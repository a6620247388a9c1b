package dev.assay.model.hub.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Asks again before a publisher is blamed: what a hub says once may be a wrong bit on the wire. A
 * finding is believed once two looks, from the first byte on, come to the same. Each look goes to
 * the next of the endpoints that answer.
 *
 * @param endpoints the hub, then its mirrors
 */
public record SecondLook(List<HubHttp> endpoints) {

  private static final int MOST_LOOKS = 4;

  /** What is asked of one endpoint. */
  public interface Question<T> {
    T ask(HubHttp endpoint) throws IOException, InterruptedException;
  }

  public SecondLook {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * The answer of the first endpoint that has a good one.
   *
   * @throws HubException.Broken when the findings differ from look to look
   * @throws HubException of another kind when two looks found the same, or no endpoint answers
   */
  public <T> T answer(Question<T> question) throws IOException, InterruptedException {
    Deque<HubHttp> asked = new ArrayDeque<>(endpoints);
    List<HubException> findings = new ArrayList<>();
    for (int look = 0; look < MOST_LOOKS; look++) {
      HubHttp endpoint = asked.removeFirst();
      try {
        return question.ask(endpoint);
      } catch (HubException.Unavailable | HubException.Refused silent) {
        if (asked.isEmpty()) {
          throw silent;
        }
      } catch (HubException.NotFound missing) {
        boolean mirror = endpoint != endpoints.get(0);
        if (mirror && asked.isEmpty()) {
          // A mirror may lag behind its hub.
          throw new HubException.Unavailable("a mirror alone answers: " + missing.getMessage());
        }
        if (!mirror) {
          believed(missing, findings);
          asked.addLast(endpoint);
        }
      } catch (HubException finding) {
        believed(finding, findings);
        asked.addLast(endpoint);
      }
    }
    throw new HubException.Broken(
        "the hub did not deliver the same twice in %d looks; the last: %s"
            .formatted(MOST_LOOKS, findings.get(findings.size() - 1).getMessage()));
  }

  /** Throws a finding that an earlier look made as well. */
  private static void believed(HubException finding, List<HubException> earlier) {
    boolean blames = !(finding instanceof HubException.Broken);
    if (blames && earlier.stream().anyMatch(finding::isSameAs)) {
      throw finding;
    }
    earlier.add(finding);
  }
}
