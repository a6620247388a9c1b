/**
 * What an evaluation leaves for anybody to check, as values and as bytes: the same value always
 * gives the same bytes. Reading and writing files is the caller's.
 */
package dev.assay.score.bundle;
