/** The continuous validator: all steps of each window in one process. */
package dev.assay.jobs.validator;
