package dev.assay.jobs.monitor;

import dev.assay.jobs.status.Problem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an alert when a problem lasts, and another when it has ended. What a webhook does not take
 * is sent again at later looks, for a day. Called by one thread; a look waits at most 10 s for each
 * webhook.
 */
public final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  /** Looks at which a problem must be seen in a row: what passes at once wakes nobody. */
  private static final int LOOKS = 2;

  private static final int MOST_WAITING = 200;
  private static final Duration OLDEST = Duration.ofDays(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private record Seen(Problem problem, Instant since, int looks, boolean told) {}

  /**
   * An alert that a webhook is to take.
   *
   * @param asOf when it became news; what it tells of may have begun long before
   */
  private record Waiting(Alert alert, Instant asOf) {}

  /** One webhook's alerts that it has not taken yet. */
  private static final class Outbox {
    private final Webhook webhook;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Instant notBefore = Instant.MIN;
    private Duration pause = FIRST_PAUSE;

    Outbox(Webhook webhook) {
      this.webhook = webhook;
    }
  }

  private final String validator;
  private final List<Outbox> outboxes;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * @param validator how the alerts name this one
   * @param webhooks of {@code ASSAY_WEBHOOKS}
   */
  public Alerts(String validator, List<String> webhooks) {
    this.validator = validator;
    this.outboxes = webhooks.stream().map(Webhook::of).map(Outbox::new).toList();
  }

  /** Takes what is wrong at a look, and sends what there is to send. */
  public void looked(List<Problem> problems, Instant now) throws InterruptedException {
    Set<String> present = new HashSet<>();
    for (Problem problem : problems) {
      if (present.add(problem.id())) {
        begin(problem, now);
      }
    }
    for (String id : Set.copyOf(seen.keySet())) {
      if (!present.contains(id)) {
        Seen over = seen.remove(id);
        if (over.told()) {
          queue(new Alert(validator, over.problem(), true, over.since()), now);
        }
      }
    }
    for (Outbox outbox : outboxes) {
      send(outbox, now);
    }
  }

  private void begin(Problem problem, Instant now) {
    Seen known = seen.getOrDefault(problem.id(), new Seen(problem, now, 0, false));
    int looks = known.looks() + 1;
    boolean isNews = !known.told() && looks >= LOOKS;
    if (isNews) {
      queue(new Alert(validator, problem, false, known.since()), now);
    }
    seen.put(problem.id(), new Seen(problem, known.since(), looks, known.told() || isNews));
  }

  private void queue(Alert alert, Instant now) {
    for (Outbox outbox : outboxes) {
      if (outbox.waiting.size() == MOST_WAITING) {
        outbox.waiting.removeFirst();
      }
      outbox.waiting.addLast(new Waiting(alert, now));
    }
  }

  private static void send(Outbox outbox, Instant now) throws InterruptedException {
    outbox.waiting.removeIf(each -> each.asOf().isBefore(now.minus(OLDEST)));
    while (!outbox.waiting.isEmpty() && !now.isBefore(outbox.notBefore)) {
      if (isTaken(outbox.webhook, outbox.waiting.peekFirst().alert())) {
        outbox.waiting.removeFirst();
        outbox.pause = FIRST_PAUSE;
      } else {
        outbox.notBefore = now.plus(outbox.pause);
        Duration longer = outbox.pause.multipliedBy(2);
        outbox.pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      }
    }
  }

  /** The address never appears: it is in no message of the JDK's client that is logged here. */
  private static boolean isTaken(Webhook webhook, Alert alert) throws InterruptedException {
    HttpRequest request = webhook.request(alert);
    try {
      int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        LOG.warn("the {} answers with HTTP status {}; the alert is sent again", webhook, status);
      }
      return status / 100 == 2;
    } catch (IOException unreachable) {
      LOG.warn("the {} is not reachable; the alert is sent again", webhook);
      return false;
    }
  }
}
