/**
 * How far a run is: from executors to the driver while tasks run, and from the driver to whoever
 * watches.
 */
package dev.assay.jobs.progress;
