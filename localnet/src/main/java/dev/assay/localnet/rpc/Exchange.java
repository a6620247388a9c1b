package dev.assay.localnet.rpc;

import java.util.ArrayList;
import java.util.List;

/** One message of a session and its answer. */
public final class Exchange {
  private final Session session;
  private final List<Runnable> later = new ArrayList<>();

  Exchange(Session session) {
    this.session = session;
  }

  public Session session() {
    return session;
  }

  /** The subscription begins to speak once the answer, which carries its name, has been sent. */
  public void openAfterAnswer(Subscription subscription) {
    afterAnswer(subscription::open);
  }

  /** What is said or done behind the answer, in this order. */
  public void afterAnswer(Runnable action) {
    later.add(action);
  }

  void answered() {
    later.forEach(Runnable::run);
  }
}
