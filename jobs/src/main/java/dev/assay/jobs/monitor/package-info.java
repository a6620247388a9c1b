/** What others watch a running validator by: health, metrics and alerts. */
package dev.assay.jobs.monitor;
