/** Where samples are read from: a source for each address, and several of them side by side. */
package dev.assay.jobs.origin;
