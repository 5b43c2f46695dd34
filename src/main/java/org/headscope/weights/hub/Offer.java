package org.headscope.weights.hub;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headscope.weights.Gpt2Config;

/**
 * A model that the hub has, seen before it is fetched.
 *
 * @param commit that its revision is at
 * @param files in the order in which they are fetched
 * @param missing how many bytes of them are not here yet
 * @param card what its makers say about it, as they wrote it: Markdown, often with a head of YAML; may be empty
 */
public record Offer(ModelName name, String commit, Gpt2Config config, List<RemoteFile> files, long missing,
                    String card) {

    private static final Pattern HEAD = Pattern.compile("\\A\\s*---\\s*\\R(.*?)\\R---\\s*(?:\\R|\\z)", Pattern.DOTALL);
    private static final Pattern LICENCE =
        Pattern.compile("^license:[ \\t]*(?:\\R\\s*-[ \\t]*)?[\"']?([^\"'\\r\\n]+)", Pattern.MULTILINE);

    /** Of all its files. */
    public long bytes() {
        return files.stream().mapToLong(RemoteFile::size).sum();
    }

    /** The licence that the head of the card names, such as {@code mit}. */
    public Optional<String> licence() {
        Matcher head = HEAD.matcher(card);
        Matcher licence = LICENCE.matcher(head.find() ? head.group(1) : "");
        return licence.find() ? Optional.of(licence.group(1).strip()) : Optional.empty();
    }

    /** The card without its head. */
    public String text() {
        return HEAD.matcher(card).replaceFirst("").strip();
    }
}
