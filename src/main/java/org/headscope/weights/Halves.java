package org.headscope.weights;

/** The two 16-bit formats of weights, widened exactly. (DJL's engine aborts the JVM when it meets BF16.) */
final class Halves {

    private Halves() {
    }

    /** IEEE binary16, subnormals and infinities included. */
    static float float16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + (127 - 15);
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
    }

    /** The upper half of an IEEE binary32. */
    static float bfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
