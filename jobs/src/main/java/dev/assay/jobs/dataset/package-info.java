/** Datasets of the hub as sources of samples, at a commit and vouched for by a validator. */
package dev.assay.jobs.dataset;
