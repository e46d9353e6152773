package org.posthorn.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list's topics as people see them, made of the setting's lines and made into them again: lines of the same name are one
 * topic with several patterns, and a comment right before the first is its description.
 *
 * @param comments at the end, before no topic
 */
public record TopicBook(List<Entry> entries, List<String> comments) {

    /**
     * A topic.
     *
     * @param description in one line; may be empty
     * @param patterns regular expressions, of which one is enough; at least one
     */
    public record Entry(String name, String description, List<String> patterns) {

        public Entry {
            patterns = List.copyOf(patterns);
        }

        public String getName() {
            return name;
        }

        public String getDescription() {
            return description;
        }

        public List<String> getPatterns() {
            return patterns;
        }

        boolean is(String other) {
            return Topic.key(name).equals(Topic.key(other));
        }

        private Stream<String> lines() {
            return Stream.concat(
                    description.isEmpty() ? Stream.empty() : Stream.of("# " + description),
                    patterns.stream().map(pattern -> name + ": " + pattern));
        }
    }

    public static TopicBook of(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("#")) {
                comments.add(line);
                continue;
            }
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip();
            String pattern = line.substring(colon + 1).strip();
            Optional<Entry> same =
                    entries.stream().filter(entry -> entry.is(name)).findFirst();
            String description = String.join(
                    " ",
                    Stream.concat(
                                    same.map(Entry::description).stream(),
                                    comments.stream()
                                            .map(comment -> comment.substring(1).strip()))
                            .filter(text -> !text.isEmpty())
                            .toList());
            List<String> patterns = new ArrayList<>(same.map(Entry::patterns).orElse(List.of()));
            patterns.add(pattern);
            Entry entry = new Entry(same.map(Entry::name).orElse(name), description, patterns);
            same.ifPresentOrElse(old -> entries.set(entries.indexOf(old), entry), () -> entries.add(entry));
            comments.clear();
        }
        return new TopicBook(List.copyOf(entries), List.copyOf(comments));
    }

    List<String> lines() {
        return Stream.concat(entries.stream().flatMap(Entry::lines), comments.stream())
                .toList();
    }

    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.is(name)).findFirst();
    }

    /** @param former the name of the one that it takes the place of; empty: it comes at the end */
    TopicBook with(String former, Entry entry) {
        List<Entry> changed = new ArrayList<>(entries);
        find(former).ifPresentOrElse(old -> changed.set(changed.indexOf(old), entry), () -> changed.add(entry));
        return new TopicBook(List.copyOf(changed), comments);
    }

    TopicBook without(String name) {
        return new TopicBook(entries.stream().filter(entry -> !entry.is(name)).toList(), comments);
    }
}
