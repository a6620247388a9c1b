package dev.assay.cli.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Closes what was opened, the last first: at the end of a try block, or when the process is told to
 * end, by Ctrl-C for instance, whichever comes first. Each is closed once, so no other code closes
 * what was added here.
 */
public final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Thread hook = new Thread(this::onExit, "assay-closing");

  public Closing() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Remembers to close this one. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /**
   * Closes all of them, whatever becomes of each.
   *
   * @throws IllegalStateException if one did not close, so that no command succeeds that left
   *     something behind
   */
  @Override
  public void close() {
    List<Exception> failures = closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already and finds nothing left to close.
    }
    if (!failures.isEmpty()) {
      IllegalStateException failed =
          new IllegalStateException(
              "what the command started did not end cleanly: " + failures.get(0).getMessage(),
              failures.get(0));
      failures.stream().skip(1).forEach(failed::addSuppressed);
      throw failed;
    }
  }

  /** What breaks now breaks because it is being closed, and is nothing to tell a user. */
  private void onExit() {
    Configurator.setAllLevels("", Level.OFF);
    closeAll();
  }

  private synchronized List<Exception> closeAll() {
    List<Exception> failures = new ArrayList<>();
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception failure) {
        failures.add(failure);
      }
    }
    return failures;
  }
}
