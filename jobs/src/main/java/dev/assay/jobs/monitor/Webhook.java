package dev.assay.jobs.monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.status.Problem;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;

/**
 * An address that alerts are sent to, in the form that its service reads: Discord's, Slack's, or
 * plain JSON. The address is a secret: whoever knows it can write there.
 */
final class Webhook {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What Discord takes of a message; Slack takes more. */
  private static final int LONGEST = 1_900;

  private enum Form {
    DISCORD,
    SLACK,
    JSON
  }

  private final URI address;
  private final Form form;

  private Webhook(URI address, Form form) {
    this.address = address;
    this.form = form;
  }

  /**
   * Reads one.
   *
   * @param word an address; {@code discord+}, {@code slack+} or {@code json+} before it names the
   *     form where the host does not
   */
  static Webhook of(String word) {
    int plus = word.indexOf('+');
    int scheme = word.indexOf("://");
    if (plus >= 0 && plus < scheme) {
      return new Webhook(
          URI.create(word.substring(plus + 1)),
          Form.valueOf(word.substring(0, plus).toUpperCase(Locale.ROOT)));
    }
    URI address = URI.create(word);
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    boolean isDiscord =
        host.matches("(?:[a-z0-9-]+\\.)?discord(?:app)?\\.com") && word.contains("/api/webhooks/");
    Form form = isDiscord ? Form.DISCORD : host.equals("hooks.slack.com") ? Form.SLACK : Form.JSON;
    return new Webhook(address, form);
  }

  /** What to send when a problem begins, or has ended. */
  HttpRequest request(Alert alert) {
    return HttpRequest.newBuilder(address)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body(alert)))
        .build();
  }

  private String body(Alert alert) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    String text = text(alert);
    switch (form) {
      case DISCORD -> {
        body.put("content", text);
        // Nobody may be called by what an endpoint or a hub has written.
        body.putObject("allowed_mentions").putArray("parse");
      }
      case SLACK ->
          body.put("text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
      case JSON -> {
        Problem problem = alert.problem();
        body.put("state", alert.isOver() ? "resolved" : "firing")
            .put("validator", alert.validator())
            .put("id", problem.id())
            .put("what", problem.what())
            .put("fix", problem.fix())
            .put("since", alert.since().toString());
      }
    }
    return body.toString();
  }

  private static String text(Alert alert) {
    String text =
        alert.isOver()
            ? "assay %s: over: %s".formatted(alert.validator(), alert.problem().what())
            : "assay %s: %s; %s"
                .formatted(alert.validator(), alert.problem().what(), alert.problem().fix());
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** The host alone. */
  @Override
  public String toString() {
    return form.name().toLowerCase(Locale.ROOT) + " webhook at " + address.getHost();
  }
}
