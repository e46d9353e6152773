package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.posthorn.list.ImportTally.Stored;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/**
 * Subscribes the rows of a CSV file (RFC 4180, UTF-8, a header row): as many as come, in the memory of one batch.
 *
 * <p>A row that cannot be is reported and the next one goes on. Only what makes the rest unreadable ends the reading: a
 * header row without {@code email}, a quote that is never closed, a stream that breaks off. What was read before stays
 * stored. Nobody is asked. An address that comes twice changes what the first row made.
 */
@ApplicationScoped
public class MemberImport {

    private static final int LONGEST_ROW = 65_536; // characters
    /** So many others may store the same rows at the same time, each a moment earlier. */
    private static final int ATTEMPTS = 8;

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .setTrailingData(true) // "Zoe" X: kept together, as spreadsheets do
            .get();

    private ImportBatch batches;
    private Bans bans;
    private Sql sql;
    private AuditLog audit;

    protected MemberImport() {}

    @Inject
    public MemberImport(ImportBatch batches, Bans bans, Sql sql, AuditLog audit) {
        this.batches = batches;
        this.bans = bans;
        this.sql = sql;
        this.audit = audit;
    }

    /** As {@link #run(long, InputStream, boolean)}, with nobody welcomed. */
    public ImportReport run(long listId, InputStream csv) {
        return run(listId, csv, false);
    }

    /** As {@link #run(long, InputStream, boolean, ImportStart, ImportProgress)}, all of it, with nobody listening. */
    @Needs(Right.CHANGE_MEMBERS)
    public ImportReport run(@OfList long listId, InputStream csv, boolean welcome) {
        return run(listId, csv, welcome, ImportStart.FIRST_ROW, ImportProgress.NONE);
    }

    /**
     * Not in a transaction: each batch has its own.
     *
     * @param listId the list's row
     * @param csv is read to its end but not closed
     * @param welcome whether those who are added are welcomed by mail
     * @param start the report begins with what it says
     * @param progress is told after each thousand rows
     * @throws UnknownException when there is no such list
     * @throws DatabaseException when the database is away; what was stored before stays
     */
    @Needs(Right.CHANGE_MEMBERS)
    public ImportReport run(
            @OfList long listId, InputStream csv, boolean welcome, ImportStart start, ImportProgress progress) {
        String listName = sql.first("select list_id from mailing_list where id = ?", row -> row.getString(1), listId)
                .orElseThrow(() -> new UnknownException("list", listId));
        ImportTally tally = new ImportTally(start.before());
        Reading reading = new Reading(listId, tally, bans.patterns(listId), welcome, start.rows(), progress);
        try {
            reading.run(csv);
        } catch (GoneException e) {
            tally.ended(new RowError(reading.line, "", "the list was deleted meanwhile"));
        }
        ImportReport report = tally.report();
        audit.record("import", new AuditSubject("list", listName, listId, listName), counts(report));
        return report;
    }

    /** One entry for all of them: a row each would be the member list once more. */
    private static String counts(ImportReport report) {
        return "added=" + report.added() + " updated=" + report.updated() + " skipped=" + report.skipped() + " failed="
                + report.failed();
    }

    private boolean isGone(long listId) {
        return sql.first("select 1 from mailing_list where id = ?", row -> true, listId)
                .isEmpty();
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof BoundedReader.TooLongException) {
            return message;
        }
        return message.contains("EOF reached before encapsulated token finished")
                ? "a quote that is never closed"
                : "the stream broke off or is no CSV";
    }

    /** The list went while its rows came. */
    private static final class GoneException extends RuntimeException {}

    /** One file's way through. */
    private final class Reading {

        private final long listId;
        private final ImportTally tally;
        private final List<AddressPattern> banned;
        private final boolean welcome;
        private final Map<String, ImportRow> batch = new LinkedHashMap<>();
        private final long passedOver;
        private final ImportProgress progress;
        private long line;
        private long rows;

        private Reading(
                long listId,
                ImportTally tally,
                List<AddressPattern> banned,
                boolean welcome,
                long passedOver,
                ImportProgress progress) {
            this.passedOver = passedOver;
            this.progress = progress;
            this.welcome = welcome;
            this.listId = listId;
            this.tally = tally;
            this.banned = banned;
        }

        private void run(InputStream csv) {
            try {
                read(csv);
            } catch (InvalidValueException e) {
                tally.ended(new RowError(1, e));
            } catch (UncheckedIOException | IOException e) {
                tally.ended(new RowError(line + 1, "", "the rows from here on cannot be read: " + reason(e)));
            }
            store();
        }

        private void read(InputStream csv) throws IOException {
            BoundedReader reader = new BoundedReader(withoutMark(csv), LONGEST_ROW);
            CSVParser parser =
                    CSVParser.builder().setReader(reader).setFormat(FORMAT).get();
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new InvalidValueException("the file", "", "CSV with a header row, one of its columns email");
            }
            ImportColumns columns = ImportColumns.read(records.next());
            line = parser.getCurrentLineNumber();
            reader.again();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                reader.again();
                long end = parser.getCurrentLineNumber();
                line = end - breaks(record);
                if (++rows > passedOver) {
                    take(columns, record);
                }
                line = end;
            }
        }

        private void take(ImportColumns columns, CSVRecord record) {
            try {
                add(columns.row(line, record));
            } catch (InvalidValueException e) {
                tally.failed(new RowError(line, e));
            }
            if (rows % ImportBatch.ROWS == 0) {
                store();
                progress.stored(rows, tally.report());
            }
        }

        private void add(ImportRow row) {
            String key = row.email().key();
            if (banned.stream().anyMatch(pattern -> pattern.matches(key))) {
                tally.failed(new RowError(line, key, "the address is banned"));
                return;
            }
            ImportRow before = batch.get(key);
            if (before == null) {
                batch.put(key, row);
            } else if (row.saysTheSameAs(before)) {
                tally.add(new Stored(0, 0, 1, List.of()));
            } else {
                batch.put(key, merged(before, row));
                tally.add(new Stored(0, 1, 0, List.of()));
            }
        }

        private void store() {
            if (!batch.isEmpty()) {
                tally.add(store(List.copyOf(batch.values())));
                batch.clear();
            }
        }

        private Stored store(List<ImportRow> rows) {
            RuntimeException last = null;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    return batches.store(listId, rows, welcome);
                } catch (DatabaseException e) {
                    if (!e.isConstraintViolation() && !e.isPassing()) {
                        return singly(rows, e);
                    }
                    last = e;
                } catch (ConflictException e) {
                    last = e;
                }
            }
            if (isGone(listId)) {
                throw new GoneException();
            }
            return singly(rows, last);
        }

        /** So that one row that the database will not have does not cost the others. */
        private Stored singly(List<ImportRow> rows, RuntimeException why) {
            if (why instanceof DatabaseException e && e.isPassing()) {
                throw why;
            }
            if (rows.size() == 1) {
                ImportRow row = rows.get(0);
                return new Stored(
                        0, 0, 0, List.of(new RowError(row.line(), row.email().key(), "the database refused the row")));
            }
            rows.forEach(row -> tally.add(store(List.of(row))));
            return new Stored(0, 0, 0, List.of());
        }
    }

    private static ImportRow merged(ImportRow first, ImportRow second) {
        Map<String, String> attributes = new HashMap<>(first.attributes());
        attributes.putAll(second.attributes());
        return new ImportRow(
                first.line(),
                second.email(),
                second.displayName() == null ? first.displayName() : second.displayName(),
                second.mode() == null ? first.mode() : second.mode(),
                second.language() == null ? first.language() : second.language(),
                attributes);
    }

    /** A quoted field may have lines of its own; the parser knows where a record ends. */
    private static long breaks(CSVRecord record) {
        return record.stream().mapToLong(MemberImport::breaks).sum();
    }

    private static long breaks(String field) {
        long breaks = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == field.length() || field.charAt(i + 1) != '\n')) {
                breaks++;
            }
        }
        return breaks;
    }

    /** Bytes that are not UTF-8 become U+FFFD, which no row may hold. */
    private static Reader withoutMark(InputStream csv) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(csv, StandardCharsets.UTF_8));
        int first = reader.read();
        if (first >= 0 && first != '\uFEFF') {
            reader.unread(first);
        }
        return reader;
    }
}
