package dev.assay.jobs;

import java.nio.file.Path;

/** One command of a validator that is killed at any of its durable steps and run again. */
public interface KillScenario extends AutoCloseable {
  /** By which a campaign's log names it. */
  String name();

  /**
   * Gives an empty folder its configuration and all that the command needs.
   *
   * @param number of the case, different from every other one
   */
  void prepare(Path folder, int number) throws Exception;

  /**
   * Runs the command once, in this process or another.
   *
   * @return whether all is done; else it is run again once {@link #pass time has passed}
   */
  boolean attempt(Path folder) throws Exception;

  /** Lets so much time pass on the chain that a command that had to wait can go on. */
  void pass(Path folder);

  /** All that an operator can see of it in the end, the same after every kill. */
  String outcome(Path folder) throws Exception;

  @Override
  void close();
}
