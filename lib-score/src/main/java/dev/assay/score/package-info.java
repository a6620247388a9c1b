/** From losses to weights: pure functions on plain values. */
package dev.assay.score;
