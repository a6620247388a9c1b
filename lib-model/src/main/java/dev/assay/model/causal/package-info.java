/**
 * One decoder for every supported family: a TorchScript program (decoder.py and its parts) that DJL
 * runs. Only handles of bf16 tensors reach Java, because DJL ends the process when it is asked
 * about one.
 */
package dev.assay.model.causal;
