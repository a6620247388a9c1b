/** Options by which commands of several rooms find their configuration and their subnet. */
package dev.assay.cli.settings;
