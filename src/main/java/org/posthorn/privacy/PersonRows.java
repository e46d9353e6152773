package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    private record Row(Long id, boolean serverOwner) {}

    /** @throws InvalidValueException when it is no address */
    public Person find(String email) {
        String key = EmailAddress.parseForeign(email)
                .orElseThrow(() -> new InvalidValueException("email", email == null ? "" : email, "an e-mail address"))
                .key();
        Optional<Row> row = sql.first(
                "select s.id, s.server_owner from address a join subscriber s on s.id = a.subscriber_id where a.email = ?",
                found -> new Row(found.getLong(1), found.getBoolean(2)),
                key);
        Set<String> addresses = new LinkedHashSet<>(List.of(key));
        row.ifPresent(person -> addresses.addAll(sql.list(
                "select email from address where subscriber_id = ? order by id fetch first " + Person.MOST_ADDRESSES
                        + " rows only",
                found -> found.getString(1).toLowerCase(Locale.ROOT),
                person.id)));
        return new Person(
                row.map(Row::id).orElse(null), row.map(Row::serverOwner).orElse(false), new ArrayList<>(addresses));
    }

    /** Question marks for so many addresses. */
    static String marks(Person person) {
        return String.join(", ", Collections.nCopies(person.addresses().size(), "?"));
    }
}
