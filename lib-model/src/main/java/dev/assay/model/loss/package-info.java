/** Losses of samples under a checkpoint. */
package dev.assay.model.loss;
