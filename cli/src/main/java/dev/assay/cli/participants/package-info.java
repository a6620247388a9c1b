/** Who takes part in a network on this machine, and the subnet whose miners answer prompts. */
package dev.assay.cli.participants;
