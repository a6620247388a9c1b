package dev.assay.interoperation;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What this process logs as long as it is open, down to what is for information alone. */
public final class DriverLog extends AbstractAppender implements AutoCloseable {
  private final StringBuffer text = new StringBuffer();
  private final LoggerContext context = LoggerContext.getContext(false);
  private final Level before = context.getRootLogger().getLevel();

  private DriverLog() {
    super("driver's log", null, null, true, Property.EMPTY_ARRAY);
  }

  /** Begins to listen. */
  public static DriverLog open() {
    DriverLog log = new DriverLog();
    log.start();
    log.context.getRootLogger().addAppender(log);
    Configurator.setLevel(LogManager.ROOT_LOGGER_NAME, Level.INFO);
    return log;
  }

  @Override
  public void append(LogEvent event) {
    text.append(event.getMessage().getFormattedMessage()).append('\n');
    for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
      text.append(cause).append('\n');
    }
  }

  /** All lines so far. */
  public String text() {
    return text.toString();
  }

  @Override
  public void close() {
    Configurator.setLevel(LogManager.ROOT_LOGGER_NAME, before);
    context.getRootLogger().removeAppender(this);
    stop();
  }
}
