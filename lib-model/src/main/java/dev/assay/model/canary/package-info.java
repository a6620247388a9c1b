/** A tiny checkpoint whose losses are known, by which a device shows that it computes right. */
package dev.assay.model.canary;
