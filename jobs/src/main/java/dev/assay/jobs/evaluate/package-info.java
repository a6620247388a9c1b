/** From commitments and samples to losses, verdicts and scores. */
package dev.assay.jobs.evaluate;
