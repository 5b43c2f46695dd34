package org.headscope.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvesTest {

    /** What IEEE 754 says of a binary16, by arithmetic instead of by moving bits. */
    private static double float16(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double sign = (bits & 0x8000) == 0 ? 1 : -1;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0 ? sign * fraction * 0x1p-24 : sign * (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
    }

    @Test
    void everyBinary16IsWidenedExactly() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            // equals of the boxed values tells −0 from 0 and takes NaN for NaN.
            assertThat((double) Halves.float16((short) bits)).as("%04x", bits).isEqualTo(Double.valueOf(float16(bits)));
        }
    }

    @Test
    void everyBfloat16KeepsItsBits() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            int wide = Float.floatToRawIntBits(Halves.bfloat16((short) bits));
            boolean signalling = Float.isNaN(Float.intBitsToFloat(bits << 16));
            assertThat(wide >>> 16 == bits || signalling).as("%04x", bits).isTrue();
            assertThat(Float.isNaN(Halves.bfloat16((short) bits))).isEqualTo(signalling);
        }
    }

    @ParameterizedTest
    @CsvSource({"3c00, 1", "c000, -2", "7bff, 65504", "0001, 5.9604645E-8", "83ff, -6.097555E-5", "0400, 6.1035156E-5",
        "7c00, Infinity", "fc00, -Infinity", "7e00, NaN", "8000, -0.0"})
    void knownBinary16(String bits, Float expected) {
        assertThat(Halves.float16((short) Integer.parseInt(bits, 16))).isEqualTo(expected);
    }
}
