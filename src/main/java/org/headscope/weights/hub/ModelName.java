package org.headscope.weights.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model of the hub as a person names it: {@code gpt2}, {@code stanford-crfm/alias-gpt2-small-x21@checkpoint-1000}.
 *
 * @param repository with its owner, unless it is one of the few that have none
 * @param revision a branch, a tag or a commit
 */
public record ModelName(String repository, String revision) {

    /** The revision that is meant where none is named. */
    public static final String MAIN = "main";

    private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9._-]{0,95}";
    private static final Pattern FORM = Pattern.compile("(?<repository>" + WORD + "(?:/" + WORD + ")?)"
        + "(?:@(?<revision>[A-Za-z0-9][A-Za-z0-9._/-]{0,199}))?");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws HubRefusal if no model of the hub can have this name */
    public static ModelName parse(String name) {
        return find(name).orElseThrow(() -> new HubRefusal(("“%s” is no name of a model on the hub; write it as "
            + "gpt2 or owner/model, with @ and a revision if you want one.").formatted(shortened(name))));
    }

    /** The name, if a model of the hub can have it. */
    static Optional<ModelName> find(String name) {
        Matcher match = FORM.matcher(name.strip());
        // The hub allows neither of the two, and in a path they would lead elsewhere.
        if (!match.matches() || name.contains("..") || match.group("repository").contains("--")
            || name.contains("//") || name.endsWith("/")) {
            return Optional.empty();
        }
        String revision = match.group("revision");
        return Optional.of(new ModelName(match.group("repository"), revision == null ? MAIN : revision));
    }

    private static String shortened(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }

    /** The same model under another name of its repository. */
    ModelName in(String otherRepository) {
        return new ModelName(otherRepository, revision);
    }

    /** Whether the revision is a commit itself and no name of one. */
    boolean isCommit() {
        return COMMIT.matcher(revision).matches();
    }

    /** As a person would write it. */
    @Override
    public String toString() {
        return revision.equals(MAIN) ? repository : repository + "@" + revision;
    }
}
