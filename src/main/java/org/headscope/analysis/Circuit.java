package org.headscope.analysis;

import ai.djl.ndarray.NDArray;

/**
 * One of the two products that a head is: a matrix of tokens by tokens once embeddings are put to both of its ends.
 */
public enum Circuit {
    /** From a token that is attended to, W_E·W_V·W_O·W_U, to the logits of the tokens that follow. */
    OV {
        @Override
        NDArray left(HeadMatrices head) {
            return head.value();
        }

        @Override
        NDArray right(HeadMatrices head) {
            return head.output();
        }
    },
    /** From a query's token, W_E·W_Q·W_Kᵀ·W_Eᵀ, to the keys' tokens. Not divided by the root of the head's width. */
    QK {
        @Override
        NDArray left(HeadMatrices head) {
            return head.query();
        }

        @Override
        NDArray right(HeadMatrices head) {
            return head.key().transpose();
        }
    };

    /** [D, d] */
    abstract NDArray left(HeadMatrices head);

    /** [d, D] */
    abstract NDArray right(HeadMatrices head);
}
