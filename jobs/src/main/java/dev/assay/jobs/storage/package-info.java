/** Small objects that decide between processes: the seam that an object store can fill. */
package dev.assay.jobs.storage;
