/** The addresses that samples are read from, and what of them each may give. */
package dev.assay.jobs.config.source;
