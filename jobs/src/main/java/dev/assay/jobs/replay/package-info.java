/** Checks a bundle's losses by computing some of them again. */
package dev.assay.jobs.replay;
