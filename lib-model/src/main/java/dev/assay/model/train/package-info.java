/** Fine-tuning through the decoder that computes the losses. */
package dev.assay.model.train;
