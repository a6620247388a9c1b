/**
 * One evaluation: from its rounds and the previous standings to new standings and the vector of
 * weights. {@link dev.assay.score.weights.Scoring} is the way in.
 */
package dev.assay.score.weights;
