package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.list.DomainOwners;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.People;

/** Who owns the domain of {@link OneDomain}: to add to and to take from. By the person's number, so that nobody acts on another row. */
@Named
@RequestScoped
public class OwnersOfDomain {

    /** A person who owns it. @param words what to call them */
    public record Owner(long id, String words, String email) {}

    @Inject
    private OneDomain domain;

    @Inject
    private People people;

    @Inject
    private DomainOwners owners;

    @Inject
    private Refusals refusals;

    @Inject
    private Here here;

    @Inject
    @ManagedProperty("#{param.act}")
    private String pressed;

    private List<Owner> rows;
    private String email;

    @PostConstruct
    void read() {
        rows = people.ownersOf(domain.getId()).stream()
                .map(person -> new Owner(
                        person.id(), person.name().isEmpty() ? person.login() : person.name(), person.email()))
                .toList();
    }

    public void add() {
        String typed = email == null ? "" : email.strip();
        if (typed.isEmpty()) {
            refusals.beside("new-owner", "owner", "domains.wrong.owner", "–");
            return;
        }
        try {
            owners.add(domain.getMailHost(), List.of(typed));
            refusals.leave(here.getPath(), "domains.owner.added", typed);
        } catch (InvalidValueException e) {
            refusals.beside("new-owner", "owner", "domains.wrong.owner", e.value());
        }
    }

    /** {@code take 17}: whoever is gone meanwhile is gone, as was wanted. */
    public void act() {
        if (pressed != null && pressed.matches("take [0-9]{1,18}")) {
            owners.remove(domain.getMailHost(), Long.parseLong(pressed.substring(5)));
            refusals.leave(here.getPath(), "domains.owner.removed", "");
        }
    }

    public List<Owner> getRows() {
        return rows;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }
}
