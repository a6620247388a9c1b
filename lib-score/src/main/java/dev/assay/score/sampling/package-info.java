/** Which samples a window judges by: the same for every validator. */
package dev.assay.score.sampling;
