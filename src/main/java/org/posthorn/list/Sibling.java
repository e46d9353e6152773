package org.posthorn.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another list of the site that a list names in its settings. What counts is the id, taken once when the name is given by
 * who may: a list that is renamed stays meant, and one that is made later under the same name never is.
 *
 * @param address as it was given, in lower case
 * @param listId 0: not yet looked up; nothing goes by it
 */
public record Sibling(String address, long listId) {

    static List<String> addresses(List<Sibling> siblings) {
        return siblings.stream().map(Sibling::address).toList();
    }

    /** @return one for each address, in this order: with its id where it stands among the present ones */
    static List<Sibling> of(List<String> addresses, List<Sibling> present) {
        List<Sibling> siblings = new ArrayList<>();
        for (String address : addresses) {
            Optional<Sibling> known = present.stream()
                    .filter(sibling -> sibling.address.equals(address))
                    .findFirst();
            siblings.add(known.orElseGet(() -> new Sibling(address, 0)));
        }
        return List.copyOf(siblings);
    }
}
