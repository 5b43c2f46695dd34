package org.headscope.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where to save a file, with the ending of what it is. Some systems' dialogs add none to a name that was typed without,
 * and then have not asked whether the file of the whole name may be replaced.
 *
 * @param endings what the file may end in, such as {@code .png}; any of them is left as it was typed
 * @param ask the system's dialog, which is given the name to suggest and is empty when the person thinks better of it
 */
record SaveName(List<String> endings, Function<String, Optional<SaveName.Answer>> ask) {

    /**
     * What a person chose.
     *
     * @param ending of the kind of file that was chosen in the dialog
     */
    record Answer(Path file, String ending) {
    }

    /** Asks once more, by the whole name, where a file of it is there already. */
    Optional<Path> choose(String suggested) {
        Optional<Answer> answer = ask.apply(suggested);
        Optional<Path> file = answer.map(this::whole);
        if (file.isEmpty() || file.get().equals(answer.get().file()) || !Files.exists(file.get())) {
            return file;
        }
        return choose(file.get().getFileName().toString());
    }

    private Path whole(Answer answer) {
        String name = answer.file().getFileName().toString();
        return endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith) ? answer.file()
            : answer.file().resolveSibling(name + answer.ending());
    }
}
