package dev.assay.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Closes what was opened, the last first: at the end of a try block, or when the process is told to
 * end, by Ctrl-C for instance, whichever comes first. Each is closed once.
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

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already and finds nothing left to close.
    }
  }

  /** What breaks now breaks because it is being closed, and is nothing to tell a user. */
  private void onExit() {
    Configurator.setAllLevels("", Level.OFF);
    closeAll();
  }

  private synchronized void closeAll() {
    while (!opened.isEmpty()) {
      close(opened.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      System.err.println("assay: " + resource + " did not close: " + failure);
    }
  }
}
