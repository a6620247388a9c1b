/** What a process opens and closes: its folders, its shutdown, what it may still print. */
package dev.assay.cli.process;
