/** What becomes work: the commitments, the hub's listings of them, and the samples. */
package dev.assay.jobs.candidates;
