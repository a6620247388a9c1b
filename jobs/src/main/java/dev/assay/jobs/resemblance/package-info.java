/** How alike two samples' texts are, by sketches of a few bytes, and an index of what was seen. */
package dev.assay.jobs.resemblance;
