/** Why a checkpoint is refused, and what a miner wrote, made safe to read and to print. */
package dev.assay.model.rejection;
