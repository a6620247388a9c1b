/**
 * What decides between processes and what is published, behind a seam that an object store can
 * fill; {@code docs/decisions/25-what-storage-promises.md} says how.
 */
package dev.assay.jobs.storage;
