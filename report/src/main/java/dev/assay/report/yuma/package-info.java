/** What Yuma consensus makes of weights, and of others in their place. */
package dev.assay.report.yuma;
