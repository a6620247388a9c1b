/**
 * How far a run is: from executors to the driver while tasks run, and from the driver to its
 * observers.
 */
package dev.assay.jobs.progress;
