package dev.assay.jobs.progress;

import java.io.Serializable;

/**
 * What an executor tells the driver while a task runs. A message may be lost; what must arrive is
 * also in the task's result.
 *
 * @param run the run that it belongs to
 * @param unit index of the unit of work within the run
 * @param body what is told, serializable
 */
public record ProgressMessage(String run, int unit, Serializable body) implements Serializable {}
