/**
 * Text to tokens and back: the only package that knows the tokenizer library. Everything that leaves it is an immutable
 * value; everything it refuses is an {@link org.headscope.refusal.Refusal} with one sentence for the user.
 */
package org.headscope.tokens;
