package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.posthorn.list.InvalidValueException;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Sql;

/** Finds a person by one of their addresses. */
@ApplicationScoped
public class PersonRows {

    private final Sql sql;

    protected PersonRows() {
        this(null);
    }

    @Inject
    public PersonRows(Sql sql) {
        this.sql = sql;
    }

    private record Entry(long id, String email) {}

    /**
     * @return the person by the first of their addresses
     * @throws InvalidValueException when it is no address
     */
    Person find(String email) {
        String key = EmailAddress.parseForeign(email)
                .orElseThrow(() -> new InvalidValueException("email", email == null ? "" : email, "an e-mail address"))
                .key();
        Person person = sql.first(
                        "select s.id, s.server_owner from address a join subscriber s on s.id = a.subscriber_id where a.email = ?",
                        found -> new Person(found.getLong(1), found.getBoolean(2), List.of(key), false),
                        key)
                .orElseGet(() -> new Person(null, false, List.of(key), false));
        List<Entry> others = others(person, key, 0, Person.ADDRESSES);
        boolean more = others.size() == Person.ADDRESSES;
        List<String> addresses = new ArrayList<>(List.of(key));
        others.stream().limit(Person.ADDRESSES - 1L).forEach(entry -> addresses.add(entry.email));
        return person.by(addresses, more);
    }

    /**
     * @return the person by all of their addresses, in parts, the one asked for first
     * @throws InvalidValueException when it is no address
     */
    List<Person> parts(String email) {
        Person first = find(email);
        String key = first.addresses().get(0);
        List<Person> parts = new ArrayList<>(List.of(first.by(List.of(key), false)));
        List<Entry> others = others(first, key, 0, Person.ADDRESSES);
        while (!others.isEmpty()) {
            parts.add(first.by(others.stream().map(Entry::email).toList(), false));
            others = others(first, key, others.get(others.size() - 1).id, Person.ADDRESSES);
        }
        return parts;
    }

    private List<Entry> others(Person person, String key, long after, int most) {
        return sql.list(
                "select id, email from address where subscriber_id = cast(? as bigint) and email <> ? and id > ? order by id"
                        + " fetch first " + most + " rows only",
                found -> new Entry(found.getLong(1), found.getString(2).toLowerCase(Locale.ROOT)),
                person.subscriberId(),
                key,
                after);
    }

    /** @return whether they own or moderate a list, by any address, or own a domain */
    boolean hasRole(Person person) {
        return sql.first(
                        """
                        select 1 from member m join address a on a.id = m.address_id
                        where m.role in ('OWNER', 'MODERATOR') and (m.subscriber_id = cast(? as bigint) or a.subscriber_id = cast(? as bigint) or a.email = ?)
                        union all select 1 from domain_owner where subscriber_id = cast(? as bigint)
                        fetch first 1 rows only""",
                        row -> true,
                        person.subscriberId(),
                        person.subscriberId(),
                        person.addresses().get(0),
                        person.subscriberId())
                .isPresent();
    }

    /** Question marks for so many addresses. */
    static String marks(Person person) {
        return String.join(", ", Collections.nCopies(person.addresses().size(), "?"));
    }
}
