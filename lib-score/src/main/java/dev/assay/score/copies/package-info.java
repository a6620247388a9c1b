/** Which models are copies of earlier ones: by their digest, their weights or their losses. */
package dev.assay.score.copies;
