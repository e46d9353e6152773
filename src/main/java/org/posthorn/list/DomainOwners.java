package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** Who owns a domain: named by their addresses, and made known to the site if they are not yet. */
@ApplicationScoped
public class DomainOwners {

    private static final int MOST = 1000;

    private DomainRepository domains;
    private Users users;

    protected DomainOwners() {}

    @Inject
    public DomainOwners(DomainRepository domains, Users users) {
        this.domains = domains;
        this.users = users;
    }

    /**
     * @throws UnknownException when there is no such domain
     * @throws InvalidValueException when one is no address, or the domain would have more than 1000
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void add(String mailHost, Collection<String> emails) {
        Domain domain = known(mailHost);
        Set<Subscriber> owners = named(emails);
        if (domain.getOwners().size() + owners.size() > MOST) {
            throw new InvalidValueException("owner", emails.size() + " addresses", "at most " + MOST + " owners");
        }
        owners.forEach(domain::addOwner);
        changed(domain);
    }

    /** Those named own the domain, and nobody else. @throws RefusedException as {@link #add} */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void replace(String mailHost, Collection<String> emails) {
        Domain domain = known(mailHost);
        Set<Subscriber> owners = named(emails);
        domain.getOwners().stream().filter(present -> !owners.contains(present)).forEach(domain::removeOwner);
        owners.forEach(domain::addOwner);
        changed(domain);
    }

    /**
     * Takes a domain from one of its owners.
     *
     * @throws UnknownException when there is no such domain
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void remove(String mailHost, long subscriberId) {
        Domain domain = known(mailHost);
        domain.getOwners().stream()
                .filter(owner -> owner.getId() == subscriberId)
                .forEach(domain::removeOwner);
        changed(domain);
    }

    /** @throws UnknownException when there is no such domain */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void removeAll(String mailHost) {
        Domain domain = known(mailHost);
        domain.getOwners().forEach(domain::removeOwner);
        changed(domain);
    }

    /** Owners are part of what a domain's version tells apart. */
    private void changed(Domain domain) {
        try {
            domains.changed(domain);
        } catch (OptimisticLockException e) {
            throw new ConflictException(domain.getMailHost());
        }
    }

    private Set<Subscriber> named(Collection<String> emails) {
        if (emails.size() > MOST) {
            throw new InvalidValueException("owner", emails.size() + " addresses", "at most " + MOST + " owners");
        }
        Set<Subscriber> named = new LinkedHashSet<>();
        for (String email : emails) {
            if (!email.isBlank()) {
                named.add(owner(email));
            }
        }
        return named;
    }

    private Subscriber owner(String email) {
        try {
            return users.addressOf(email, null).subscriber().orElseThrow();
        } catch (InvalidValueException e) {
            throw new InvalidValueException("owner", e.value(), e.allowed());
        }
    }

    private Domain known(String mailHost) {
        return domains.byMailHost(mailHost).orElseThrow(() -> new UnknownException("domain", mailHost));
    }
}
