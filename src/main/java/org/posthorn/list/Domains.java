package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.mail.DomainName;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** Makes and deletes domains. A name stands for one domain only, be it its own or an alias. */
@ApplicationScoped
public class Domains {

    private static final int LISTS_AT_ONCE = 100;
    private static final int MOST_ALIASES = 100;

    private DomainRepository domains;
    private ListRepository lists;
    private ListRemoval removal;

    protected Domains() {}

    @Inject
    public Domains(DomainRepository domains, ListRepository lists, ListRemoval removal) {
        this.domains = domains;
        this.lists = lists;
        this.removal = removal;
    }

    /**
     * @param description may be null
     * @param baseUrl where links in mail lead to; null: the site's
     * @throws InvalidValueException when a value cannot be
     * @throws DuplicateException when the name is a domain's or an alias
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public Domain create(String mailHost, String description, String baseUrl) {
        Domain domain = new Domain(free("mail_host", mailHost));
        domain.setDescription(OneLine.orNull("description", description, 4000));
        domain.setBaseUrl(baseUrl(baseUrl));
        return domains.add(domain);
    }

    /**
     * @throws InvalidValueException when it is no domain name
     * @throws DuplicateException when the name is a domain's or an alias
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void addAlias(String mailHost, String alias) {
        known(mailHost).answerTo(free("alias_domain", alias));
    }

    /**
     * Replaces the alias that stands first in order; the others stay.
     *
     * @param alias null or empty: the domain loses it
     * @throws InvalidValueException when it is no domain name
     * @throws DuplicateException when the name is another domain's or alias
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void replaceAlias(String mailHost, String alias) {
        Domain domain = known(mailHost);
        Optional<String> present = domain.getAliases().stream().sorted().findFirst();
        if (present.filter(name -> name.equalsIgnoreCase(alias)).isPresent()) {
            return;
        }
        present.ifPresent(domain::noLongerAnswerTo);
        if (alias != null && !alias.isBlank()) {
            domain.answerTo(free("alias_domain", alias));
        }
    }

    /** As {@link #change(String, Long, String, String)}, whatever is there now. */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public Domain change(String mailHost, String description, String baseUrl) {
        return change(mailHost, null, description, baseUrl);
    }

    /**
     * @param version that was read when the change was decided on; null: whatever is there now
     * @param description may be null
     * @param baseUrl null: the site's
     * @throws ConflictException when someone else has changed the domain since
     * @throws InvalidValueException when a value cannot be
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public Domain change(String mailHost, Long version, String description, String baseUrl) {
        Domain domain = known(mailHost);
        if (version != null && version != domain.getVersion()) {
            throw new ConflictException("the domain " + mailHost);
        }
        domain.setDescription(OneLine.orNull("description", description, 4000));
        domain.setBaseUrl(baseUrl(baseUrl));
        try {
            domains.flush();
        } catch (OptimisticLockException e) {
            throw new ConflictException("the domain " + mailHost);
        }
        return domain;
    }

    /**
     * All at once, if nobody changed the domain since.
     *
     * @param seen the version that was read
     * @param description may be null; @param baseUrl null: the site's
     * @param aliases all of them; names that are not among them are names of the domain no longer
     * @throws ConflictException when someone else has changed the domain since
     * @throws InvalidValueException when a value cannot be, with the field description, base_url or aliases
     * @throws DuplicateException when a name is another domain's or alias
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void change(String mailHost, long seen, String description, String baseUrl, Collection<String> aliases) {
        Domain domain = known(mailHost);
        if (domain.getVersion() != seen) {
            throw new ConflictException("the domain " + mailHost);
        }
        Set<String> names = names(aliases);
        domain.setDescription(OneLine.orNull("description", description, 4000));
        domain.setBaseUrl(baseUrl(baseUrl));
        domain.getAliases().stream().filter(name -> !names.contains(name)).forEach(domain::noLongerAnswerTo);
        for (String name : names) {
            if (!domain.getAliases().contains(name)) {
                domain.answerTo(free("aliases", name));
            }
        }
        try {
            domains.changed(domain);
        } catch (OptimisticLockException e) {
            throw new ConflictException("the domain " + mailHost);
        }
    }

    private static Set<String> names(Collection<String> aliases) {
        if (aliases.size() > MOST_ALIASES) {
            throw new InvalidValueException("aliases", aliases.size() + " names", "at most " + MOST_ALIASES);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String alias : aliases) {
            names.add(DomainName.parse(alias)
                    .orElseThrow(() -> new InvalidValueException("aliases", alias, "a domain name"))
                    .ascii());
        }
        return names;
    }

    /**
     * @param withLists whether the lists in it, with their members, go too
     * @throws UnknownException when it is not there
     * @throws NotEmptyException when it has lists and they are not to go
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public void delete(String mailHost, boolean withLists) {
        Domain domain = known(mailHost);
        long count = domains.listsIn(domain);
        if (count > 0 && !withLists) {
            throw new NotEmptyException(mailHost, count);
        }
        for (List<MailingList> some = lists.someOf(domain, LISTS_AT_ONCE);
                !some.isEmpty();
                some = lists.someOf(domain, LISTS_AT_ONCE)) {
            some.forEach(removal::remove);
        }
        domains.remove(domain);
    }

    private Domain known(String mailHost) {
        return domains.byMailHost(mailHost).orElseThrow(() -> new UnknownException("domain", mailHost));
    }

    private String free(String field, String mailHost) {
        String name = DomainName.parse(mailHost)
                .orElseThrow(() -> new InvalidValueException(field, mailHost == null ? "" : mailHost, "a domain name"))
                .ascii();
        if (domains.byAnyName(name).isPresent()) {
            throw new DuplicateException("domain", name);
        }
        return name;
    }

    private static String baseUrl(String url) {
        String checked = OneLine.orNull("base_url", url, 2000);
        if (checked != null && !checked.matches("https?://[^\\s\"<>]+")) {
            throw new InvalidValueException("base_url", url, "a URL that begins with http:// or https://");
        }
        return checked;
    }
}
