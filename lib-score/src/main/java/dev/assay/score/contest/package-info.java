/** One round of one competition: from the losses of its models to their shares of the step. */
package dev.assay.score.contest;
