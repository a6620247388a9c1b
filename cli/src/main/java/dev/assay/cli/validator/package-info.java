/** Commands of a validator's operator, and of whoever checks one. */
package dev.assay.cli.validator;
