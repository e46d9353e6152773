package org.posthorn.mail.filter;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may stay in a message. Types are {@code type/subtype} or a type alone, for all of its subtypes.
 *
 * @param on whether types and extensions count, and alternatives and HTML are looked at
 * @param filterTypes what goes
 * @param passTypes if there are any: what may stay; a multipart is a type, too
 * @param filterExtensions of file names, without a dot
 * @param passExtensions if there are any: what may stay of the parts that have a file name with an extension
 * @param collapseAlternatives whether of a multipart/alternative the first part alone stays
 * @param htmlToText whether HTML becomes plain text
 * @param linkAbove octets, decoded, above which a part that is neither text nor signed is taken out and kept elsewhere
 */
public record FilterRules(
        boolean on,
        Set<String> filterTypes,
        Set<String> passTypes,
        Set<String> filterExtensions,
        Set<String> passExtensions,
        boolean collapseAlternatives,
        boolean htmlToText,
        long linkAbove) {

    /** For {@link #linkAbove}: nothing is taken out. */
    public static final long NO_LINKS = Long.MAX_VALUE;

    public FilterRules {
        filterTypes = Set.copyOf(filterTypes);
        passTypes = Set.copyOf(passTypes);
        filterExtensions = Set.copyOf(filterExtensions);
        passExtensions = Set.copyOf(passExtensions);
    }

    /** As people write types. */
    public static Set<String> types(Collection<String> written) {
        return written.stream()
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .map(type -> type.endsWith("/*") ? type.substring(0, type.length() - 2) : type)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toSet());
    }

    /** As people write extensions, with or without a dot. */
    public static Set<String> extensions(Collection<String> written) {
        return written.stream()
                .map(extension -> extension.strip().toLowerCase(Locale.ROOT))
                .map(extension -> extension.startsWith(".") ? extension.substring(1) : extension)
                .filter(extension -> !extension.isEmpty())
                .collect(Collectors.toSet());
    }
}
