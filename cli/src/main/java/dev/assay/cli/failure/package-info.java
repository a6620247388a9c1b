/** What a failure says in one line, and its exit code. */
package dev.assay.cli.failure;
