package org.headscope.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds a constant of an enumeration by its name in small letters, and says which there are. */
abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {

    private final E[] values;

    WordConverter(E[] values) {
        this.values = values;
    }

    @Override
    public E convert(String word) {
        return Arrays.stream(values).filter(value -> word(value).equals(word)).findFirst()
            .orElseThrow(() -> new TypeConversionException("“%s” is none of %s".formatted(Text.shortened(word),
                Arrays.stream(values).map(WordConverter::word).collect(Collectors.joining(", ")))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
