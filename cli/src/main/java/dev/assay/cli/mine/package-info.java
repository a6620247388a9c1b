/** {@code assay mine}: train, publish and commit again and again, as new samples come. */
package dev.assay.cli.mine;
