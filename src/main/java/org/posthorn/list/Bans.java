package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** Who may neither post nor join. */
@ApplicationScoped
public class Bans {

    /** More patterns than this on one list are not looked at. */
    private static final int MOST_PATTERNS = 10_000;

    private BanRepository bans;
    private ListRepository lists;
    private Sql sql;
    private Rights rights;

    protected Bans() {}

    @Inject
    public Bans(BanRepository bans, ListRepository lists, Sql sql, Rights rights) {
        this.bans = bans;
        this.lists = lists;
        this.sql = sql;
        this.rights = rights;
    }

    /** @param key an address in lower case; @return whether this list or the whole site bans it */
    public boolean isBanned(long listId, String key) {
        boolean named = sql.first(
                        "select 1 from ban where email = ? and (list_id = ? or list_id is null)",
                        row -> true,
                        key,
                        listId)
                .isPresent();
        return named || patterns(listId).stream().anyMatch(pattern -> pattern.matches(key));
    }

    /** The list's and the site's patterns. */
    List<AddressPattern> patterns(long listId) {
        return sql.list(
                "select email from ban where email like '^%' and (list_id = ? or list_id is null) order by id fetch first "
                        + MOST_PATTERNS + " rows only",
                row -> AddressPattern.parse("ban", row.getString("email")),
                listId);
    }

    /**
     * Bans; a ban that is there already stays as it is.
     *
     * @param listId null: from the whole site
     * @param email an address, or a pattern that begins with ^
     * @throws InvalidValueException when it is neither
     */
    @Transactional
    public Ban ban(Long listId, String email) {
        require(listId);
        MailingList list = list(listId);
        Ban ban = new Ban(list, email);
        return bans.find(list, ban.getEmail()).orElseGet(() -> bans.add(ban));
    }

    /** @throws UnknownException when there is no such ban */
    @Transactional
    public void lift(Long listId, String email) {
        require(listId);
        String stored = AddressPattern.parse("email", email).text();
        bans.remove(bans.find(list(listId), stored).orElseThrow(() -> new UnknownException("ban", email)));
    }

    /** A ban from the whole site is the site's matter. */
    private void require(Long listId) {
        if (listId == null) {
            rights.require(Right.CHANGE_DOMAINS);
        } else {
            rights.require(Right.CHANGE_LIST, listId);
        }
    }

    private MailingList list(Long listId) {
        return listId == null ? null : lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }
}
