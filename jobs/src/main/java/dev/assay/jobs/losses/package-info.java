/**
 * Losses of any models on any samples, without a chain: a public API for Spark's sessions. {@code
 * docs/causal-losses.md} is its page.
 */
package dev.assay.jobs.losses;
