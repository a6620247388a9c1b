/**
 * From losses to weights: pure functions on plain values, which know nothing but the JDK. This
 * package holds what all others check their arguments with; each of the others knows only those
 * that stand before it:
 *
 * <ol>
 *   <li>{@code sampling}: which samples a window judges by
 *   <li>{@code statistics}: when a difference counts as established
 *   <li>{@code rules}: competitions and policies, as values
 *   <li>{@code entry}: a model that takes part, and the result of its evaluation
 *   <li>{@code copies}: models that are copies of others, by digest, by weights or by losses
 *   <li>{@code contest}: one round, from losses to shares of a step
 *   <li>{@code weights}: an evaluation, from its rounds to the vector for the chain
 *   <li>{@code explain}: why a model stands where it stands
 *   <li>{@code bundle}: what an evaluation leaves for others to check
 *   <li>{@code simulation}: which miners a policy pays
 * </ol>
 */
package dev.assay.score;
