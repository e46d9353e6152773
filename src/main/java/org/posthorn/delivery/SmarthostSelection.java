package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** How the pool as a whole picks among the smarthosts of a route: a setting of the site, the same on all nodes. */
@ApplicationScoped
public class SmarthostSelection {

    static final String SETTING = "smarthost_select";

    private final Sql sql;
    private final AuditLog audit;
    private final SmarthostPool pool;
    private final AfterCommit afterCommit;

    protected SmarthostSelection() {
        this(null, null, null, null);
    }

    @Inject
    public SmarthostSelection(Sql sql, AuditLog audit, SmarthostPool pool, AfterCommit afterCommit) {
        this.sql = sql;
        this.audit = audit;
        this.pool = pool;
        this.afterCommit = afterCommit;
    }

    @Needs(Right.SEE_SITE)
    @Transactional
    public Selection present() {
        return pool.selection();
    }

    /**
     * @param word hash, sequence or random
     * @throws InvalidSmarthostException when it is none of them
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public Selection change(String word) {
        Selection wanted = Selection.of(word)
                .orElseThrow(() -> new InvalidSmarthostException("select", word, "one of " + Selection.words()));
        Selection before = pool.selection();
        if (wanted != before) {
            if (sql.update("update site_setting set content = ? where name = ?", wanted.word(), SETTING) == 0) {
                sql.update("insert into site_setting (name, content) values (?, ?)", SETTING, wanted.word());
            }
            audit.change(AuditSubject.of("smarthost", "*"), "select", before.word(), wanted.word());
            afterCommit.run(pool::refreshSoon);
        }
        return wanted;
    }
}
