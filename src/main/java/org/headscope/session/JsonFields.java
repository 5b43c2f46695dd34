package org.headscope.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fields of a JSON object. A field that is missing or null is empty, one of a wrong kind is refused by its name.
 *
 * @param path where the object stands, such as "document."
 */
record JsonFields(JsonObject json, String path) {

    private static final int SHOWN = 60;

    Optional<String> text(String field) {
        return primitive(field, JsonPrimitive::isString, "text").map(JsonPrimitive::getAsString);
    }

    String text(String field, String otherwise) {
        return text(field).orElse(otherwise);
    }

    boolean flag(String field, boolean otherwise) {
        return primitive(field, JsonPrimitive::isBoolean, "true or false").map(JsonPrimitive::getAsBoolean)
            .orElse(otherwise);
    }

    OptionalDouble number(String field) {
        Optional<Double> number = primitive(field, JsonPrimitive::isNumber, "a number").map(JsonPrimitive::getAsDouble);
        return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
    }

    /** From 0 on. */
    Optional<Integer> whole(String field) {
        return element(field).map(element -> whole(field, element));
    }

    /** @throws SessionRefusal if it is missing */
    int wholeOrRefuse(String field) {
        return whole(field).orElseThrow(() -> new SessionRefusal("%s%s is missing".formatted(path, field)));
    }

    List<Integer> wholes(String field) {
        return list(field, (name, element) -> whole(name, element));
    }

    private int whole(String field, JsonElement element) {
        if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                int value = new BigDecimal(primitive.getAsString()).intValueExact();
                if (value >= 0) {
                    return value;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // Refused below, with what else is no whole number.
            }
        }
        throw refuse(field, element, "a whole number from 0 on");
    }

    Optional<JsonFields> object(String field) {
        return element(field).map(element -> object(field, element));
    }

    List<JsonFields> objects(String field) {
        return list(field, this::object);
    }

    private JsonFields object(String field, JsonElement element) {
        if (!element.isJsonObject()) {
            throw refuse(field, element, "an object");
        }
        return new JsonFields(element.getAsJsonObject(), path + field + ".");
    }

    private interface Item<T> {
        T read(String name, JsonElement element);
    }

    private <T> List<T> list(String field, Item<T> item) {
        Optional<JsonElement> list = element(field);
        if (list.isEmpty()) {
            return List.of();
        }
        if (!list.get().isJsonArray()) {
            throw refuse(field, list.get(), "a list");
        }
        List<T> items = new ArrayList<>();
        for (JsonElement element : list.get().getAsJsonArray()) {
            items.add(item.read("%s[%d]".formatted(field, items.size()), element));
        }
        return items;
    }

    /** What each of a list of texts stands for. */
    <T> List<T> choices(String field, String wanted, Function<String, Optional<T>> meaning) {
        return list(field, (name, element) -> Optional.of(element)
            .filter(one -> one instanceof JsonPrimitive primitive && primitive.isString())
            .flatMap(one -> meaning.apply(one.getAsString())).orElseThrow(() -> refuse(name, element, wanted)));
    }

    /** What a text stands for. */
    <T> Optional<T> choice(String field, String wanted, Function<String, Optional<T>> meaning) {
        return text(field).map(text -> meaning.apply(text).orElseThrow(() -> refuse(field, json.get(field), wanted)));
    }

    /** One of an enum's constants in small letters. */
    <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        return choice(field, "one of " + String.join(", ", all.stream().map(JsonFields::word).toList()),
            text -> all.stream().filter(constant -> word(constant).equals(text)).findFirst());
    }

    /** What an enum's constant is called in a file. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private Optional<JsonPrimitive> primitive(String field, Predicate<JsonPrimitive> kind, String wanted) {
        return element(field).map(element -> {
            if (element instanceof JsonPrimitive primitive && kind.test(primitive)) {
                return primitive;
            }
            throw refuse(field, element, wanted);
        });
    }

    private Optional<JsonElement> element(String field) {
        return Optional.ofNullable(json.get(field)).filter(element -> !element.isJsonNull());
    }

    private SessionRefusal refuse(String field, JsonElement is, String wanted) {
        String text = is.toString();
        return new SessionRefusal("%s%s is %s where %s is wanted".formatted(path, field,
            text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text, wanted));
    }
}
