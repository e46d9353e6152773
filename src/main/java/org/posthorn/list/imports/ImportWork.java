package org.posthorn.list.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.posthorn.list.ImportReport;
import org.posthorn.list.MemberImport;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.NotAllowedException;

/**
 * Works at imports, one at a time, in the calling thread. It consumes an import that waits, and produces members, the
 * counts of its row and an entry in the audit log. After each thousand rows it tells how far it is, and stops there when
 * asked to: then, as after a crash, whoever takes it up next goes on behind the rows that were told of. Rows that were
 * stored after that are read again, change nothing, and count as unchanged.
 *
 * <p>It never asks or greets anybody by itself. What fails is tried again; what has failed {@value #MOST_ATTEMPTS} times
 * at the same rows has ended, and says so.
 */
@ApplicationScoped
public class ImportWork {

    static final int MOST_ATTEMPTS = 5;

    private static final Logger LOG = System.getLogger(ImportWork.class.getName());

    private final ImportRows rows;
    private final MemberImport members;

    protected ImportWork() {
        this(null, null);
    }

    @Inject
    public ImportWork(ImportRows rows, MemberImport members) {
        this.rows = rows;
        this.members = members;
    }

    /** Asked to stop, or another's by now. */
    private static final class BrokenOffException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Works at the next import, to its end or until asked to stop.
     *
     * @param node this node's name
     * @param incarnation this node's present life
     * @param stopping asked after each thousand rows
     * @return false: none waits, or it could not go on now
     */
    public boolean next(String node, String incarnation, BooleanSupplier stopping) {
        Optional<ImportRows.Taken> taken = rows.take(node, incarnation);
        return taken.isPresent() && work(taken.get(), stopping);
    }

    private boolean work(ImportRows.Taken taken, BooleanSupplier stopping) {
        if (taken.attempts() > MOST_ATTEMPTS) {
            LOG.log(
                    Level.WARNING,
                    "import given up id={0} rows={1}",
                    id(taken),
                    taken.start().rows());
            rows.end(taken, ImportState.ENDED, ImportProblem.BROKEN);
            return true;
        }
        try {
            run(taken, stopping);
            return true;
        } catch (BrokenOffException e) {
            rows.giveBack(taken);
            return false;
        } catch (NotAllowedException e) {
            rows.end(taken, ImportState.ENDED, ImportProblem.DENIED);
            return true;
        } catch (UnknownException e) {
            return true; // the list is gone, and the import's row with it
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "import broke off id={0} attempt={1}: {2}",
                    id(taken),
                    taken.attempts(),
                    e.toString());
            rows.giveBack(taken);
            return false;
        }
    }

    private void run(ImportRows.Taken taken, BooleanSupplier stopping) {
        try (PartsStream csv = new PartsStream(rows, taken.id());
                Acting.Bound them = Acting.as(rows.actor(taken.id()))) {
            ImportReport report = members.run(
                    taken.listId(),
                    csv,
                    taken.welcome(),
                    taken.start(),
                    (done, soFar) -> tell(taken, done, csv.count(), soFar, stopping));
            rows.finish(taken, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(ImportRows.Taken taken, long done, long bytes, ImportReport soFar, BooleanSupplier stopping) {
        if (!rows.tell(taken, done, bytes, soFar) || stopping.getAsBoolean()) {
            throw new BrokenOffException();
        }
    }

    private static String id(ImportRows.Taken taken) {
        return Long.toString(taken.id());
    }
}
