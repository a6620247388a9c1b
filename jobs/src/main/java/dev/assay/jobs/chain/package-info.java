/** The configured chain, and the warehouse that belongs to it. */
package dev.assay.jobs.chain;
