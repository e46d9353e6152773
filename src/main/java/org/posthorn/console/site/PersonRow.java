package org.posthorn.console.site;

import java.time.Instant;
import org.posthorn.list.People;

/** A person as the pages show them. */
public final class PersonRow {

    private final People.Person person;

    PersonRow(People.Person person) {
        this.person = person;
    }

    public String getId() {
        return Long.toString(person.id());
    }

    public String getName() {
        return person.name();
    }

    public String getEmail() {
        return person.email();
    }

    /** What to call them: the name, else the address, else the login name. */
    public String getTitle() {
        return !person.name().isEmpty() ? person.name() : !person.email().isEmpty() ? person.email() : person.login();
    }

    public String getLogin() {
        return person.login();
    }

    /** How many addresses they have besides the one shown. */
    public long getMoreAddresses() {
        return Math.max(0, person.addresses() - 1);
    }

    public boolean isServerOwner() {
        return person.serverOwner();
    }

    public boolean isPassword() {
        return person.hasPassword();
    }

    /** Changes with the password. */
    String passwordMark() {
        return person.passwordMark();
    }

    long version() {
        return person.version();
    }

    public Instant getSince() {
        return person.since();
    }
}
