package dev.assay.localnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;

/** A client's wish to hear of something. It keeps its words until its name has been told. */
public final class Subscription {
  private final String id;
  private final String notification;
  private final Session session;
  private List<String> early = new ArrayList<>();
  private Runnable end = () -> {};
  private boolean dropped;

  public Subscription(String id, String notification, Session session) {
    this.id = id;
    this.notification = notification;
    this.session = session;
  }

  public String id() {
    return id;
  }

  public Session session() {
    return session;
  }

  /** What is done once nothing more is to be told, which may be so already; it takes no lock. */
  public synchronized void whenDropped(Runnable action) {
    end = action;
    if (dropped) {
      action.run();
    }
  }

  public synchronized void dropped() {
    dropped = true;
    end.run();
  }

  public void send(JsonNode result) {
    send(result.toString());
  }

  /** Tells the client a result, which is encoded JSON. */
  public synchronized void send(String result) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("jsonrpc", "2.0").put("method", notification);
    told.putObject("params").put("subscription", id).putRawValue("result", new RawValue(result));
    String message = told.toString();
    if (early == null) {
      session.send(message);
    } else {
      early.add(message);
    }
  }

  synchronized void open() {
    List<String> kept = early;
    early = null;
    if (kept != null) {
      kept.forEach(session::send);
    }
  }
}
