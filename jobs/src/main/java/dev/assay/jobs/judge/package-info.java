/**
 * All that an executor runs: one unit through the stages fetch, gate, compute and report. Only
 * {@link dev.assay.jobs.judge.JudgeWork} knows Spark.
 */
package dev.assay.jobs.judge;
