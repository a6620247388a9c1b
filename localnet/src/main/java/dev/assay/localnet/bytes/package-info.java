/** Byte strings as values: they compare, and can be keys. */
package dev.assay.localnet.bytes;
