package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.posthorn.console.door.Here;
import org.posthorn.console.text.Texts;
import org.posthorn.list.DomainOwners;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.LastOwnerException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.People;
import org.posthorn.list.RefusedException;
import org.posthorn.list.Role;
import org.posthorn.list.Roles;
import org.posthorn.list.UnknownException;
import org.posthorn.list.UserAddresses;
import org.posthorn.list.Users;

/** {@code /site/users/{user}}: who is it, by which addresses, and what may they do where? */
@Named
@RequestScoped
public class UserPage {

    @Inject
    private People people;

    @Inject
    private Users users;

    @Inject
    private UserAddresses userAddresses;

    @Inject
    private Roles roles;

    @Inject
    private DomainOwners owners;

    @Inject
    private ListRepository lists;

    @Inject
    private RowAct act;

    @Inject
    private Here here;

    @Inject
    private Texts texts;

    private long id;
    private PersonRow row;
    private String email = "";
    private String place = "";
    private String role = "owner";

    /** An address as the page shows it. */
    public record AddressRow(String email, boolean preferred, Instant verifiedAt) {

        public String getEmail() {
            return email;
        }

        public boolean isPreferred() {
            return preferred;
        }

        public Instant getVerifiedAt() {
            return verifiedAt;
        }
    }

    /** A role as the page shows it. @param act what the button that takes it says */
    public record RoleRow(String list, String role, String email, String act) {

        public String getList() {
            return list;
        }

        public String getRole() {
            return role;
        }

        public String getEmail() {
            return email;
        }

        public String getAct() {
            return act;
        }
    }

    @PostConstruct
    void read() {
        String asked = here.part("user");
        if (!asked.matches("[0-9]{1,18}")) {
            throw new UnknownException("user", asked);
        }
        id = Long.parseLong(asked);
        row = people.byId(id).map(PersonRow::new).orElseThrow(() -> new UnknownException("user", asked));
    }

    public void addAddress() {
        try {
            userAddresses.give(id, email.strip(), null, false);
            act.done(here.getPath(), texts.of("users.addressAdded", email.strip()));
        } catch (InvalidValueException e) {
            act.refused("email", texts.of("users.email.wrong", e.value()));
        } catch (RefusedException e) {
            act.refused("email", texts.of("users.email.taken", email.strip()));
        }
    }

    /** Makes the person owner or moderator of a list, or owner of a domain, by the address that is shown first. */
    public void giveRole() {
        String wanted = place.strip().toLowerCase(Locale.ROOT);
        try {
            if (role.equals("domain-owner")) {
                owners.add(wanted, List.of(row.getEmail()));
            } else {
                long list = lists.byAnyName(wanted)
                        .orElseThrow(() -> new UnknownException("list", wanted))
                        .getId();
                roles.give(list, row.getEmail(), role.equals("owner") ? Role.OWNER : Role.MODERATOR);
            }
            act.done(here.getPath(), texts.of("users.roleGiven", wanted));
        } catch (UnknownException e) {
            act.refused("place", texts.of("users.place.wrong", wanted));
        } catch (InvalidValueException e) {
            act.refused("place", texts.get("users.noAddress"));
        } catch (RefusedException e) {
            act.refused("place", texts.of("users.place.taken", wanted));
        }
    }

    /** What the button of a row says: verify or unverify an address, take a role. */
    public void act() {
        String on = act.on();
        try {
            switch (act.verb()) {
                case "verify" -> userAddresses.verify(own(on), true);
                case "unverify" -> userAddresses.verify(own(on), false);
                case "prefer" -> userAddresses.prefer(id, own(on));
                case "take" -> take(Long.parseLong(on));
                case "take-domain" -> owners.remove(on, id);
                default -> {
                    return;
                }
            }
            act.done(here.getPath(), texts.get("users.saved"));
        } catch (RefusedException | NumberFormatException e) {
            act.refused(texts.get("users.notDone"));
        }
    }

    private String own(String address) {
        return people.addresses(id).stream()
                .map(People.Known::email)
                .filter(address::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new UnknownException("address", address));
    }

    private void take(long memberId) {
        People.Held held = people.roles(id).stream()
                .filter(one -> one.memberId() == memberId)
                .findFirst()
                .orElseThrow(() -> new UnknownException("member", memberId));
        roles.take(held.rowId(), memberId);
    }

    public void delete() {
        try {
            users.delete(id);
            act.done("/site/users", texts.of("users.deleted", row.getTitle()));
        } catch (LastOwnerException e) {
            act.refused(texts.get("users.lastOwner"));
        }
    }

    long id() {
        return id;
    }

    public PersonRow getRow() {
        return row;
    }

    public List<AddressRow> getAddresses() {
        return people.addresses(id).stream()
                .map(known -> new AddressRow(known.email(), known.preferred(), known.verifiedAt()))
                .toList();
    }

    public List<RoleRow> getRoles() {
        return java.util.stream.Stream.concat(
                        people.domains(id).stream()
                                .map(host -> new RoleRow(host, "domain-owner", "", "take-domain " + host)),
                        people.roles(id).stream()
                                .map(held -> new RoleRow(
                                        held.listId(),
                                        held.role().name().toLowerCase(Locale.ROOT),
                                        held.email(),
                                        "take " + held.memberId())))
                .toList();
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getPlace() {
        return place;
    }

    public void setPlace(String place) {
        this.place = place;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }
}
