/** Evaluations as the tables tell them. */
package dev.assay.jobs.report;
