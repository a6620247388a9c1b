package dev.assay.jobs;

import dev.assay.jobs.config.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a job's process with a code that a scheduler can act on. */
final class JobExit {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_CONFIGURATION = 2;
  static final int NOTHING_TO_DO = 3;
  static final int TRY_AGAIN_LATER = 75;

  private static final Logger LOG = LoggerFactory.getLogger(JobExit.class);

  private JobExit() {}

  /** A job's work, ending in one of the codes. */
  interface Job {
    int run() throws Exception;
  }

  /** The code that the job ends with, whatever it throws; one line says why. */
  static int code(Job job) {
    try {
      return job.run();
    } catch (ConfigurationException refused) {
      LOG.error("{}", refused.getMessage());
      return BAD_CONFIGURATION;
    } catch (NotReadyException later) {
      LOG.warn("{}", later.getMessage());
      return TRY_AGAIN_LATER;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return FAILED;
    } catch (Exception failed) {
      LOG.error("the job failed", failed);
      return FAILED;
    }
  }
}
