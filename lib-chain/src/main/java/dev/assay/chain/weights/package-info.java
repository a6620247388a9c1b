/**
 * How weights are set: in the open, as a hash, or timelocked; and what still waits to be revealed.
 */
package dev.assay.chain.weights;
