/** Why a model stands where it stands, and what it would take to stand higher. */
package dev.assay.score.explain;
