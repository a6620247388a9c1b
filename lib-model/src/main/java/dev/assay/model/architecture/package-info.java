/** What a decoder is made of: its numbers and its tensors, whatever its files call them. */
package dev.assay.model.architecture;
