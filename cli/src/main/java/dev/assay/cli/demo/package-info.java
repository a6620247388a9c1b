/** The demo: a localnet, miners that train and publish, and a validator that scores them. */
package dev.assay.cli.demo;
