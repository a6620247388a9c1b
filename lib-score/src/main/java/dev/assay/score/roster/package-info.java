/** Which models a window evaluates. */
package dev.assay.score.roster;
