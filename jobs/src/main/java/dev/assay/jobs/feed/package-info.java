/**
 * Where samples come from: signed feeds and files behind one seam, and what each of them offers.
 */
package dev.assay.jobs.feed;
