/** The model families: how each spells its numbers, and which tensors it has. */
package dev.assay.model.family;
