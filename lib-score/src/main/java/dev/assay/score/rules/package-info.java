/** What models compete in and by which rules: values alone, which others apply. */
package dev.assay.score.rules;
