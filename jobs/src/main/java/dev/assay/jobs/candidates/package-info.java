/** What becomes work: who has committed what, what the hub lists of it, and the samples. */
package dev.assay.jobs.candidates;
