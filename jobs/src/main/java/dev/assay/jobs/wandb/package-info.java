/** Runs that validators have logged to Weights &amp; Biases as sources of samples. */
package dev.assay.jobs.wandb;
