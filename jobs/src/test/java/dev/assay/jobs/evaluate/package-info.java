/**
 * Tests of jobs that need a hub: they stand here because jobs may not know localnet, and in this
 * package because a chain's part is played by plain values.
 */
package dev.assay.jobs.evaluate;
