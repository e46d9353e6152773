package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * Writes a roster as CSV (RFC 4180, UTF-8), in the form that {@link MemberImport} reads, by keyset: as many members as
 * there are, in the memory of one page. Who joins or leaves meanwhile may or may not be in it; nobody is in it twice.
 */
@ApplicationScoped
public class MemberExport {

    private static final int PAGE = 1000;

    /** More different columns than this are no table any more. */
    private static final int MOST_ATTRIBUTES = 500;

    private static final AttributesConverter JSON = new AttributesConverter();
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private final Sql sql;

    protected MemberExport() {
        this(null);
    }

    @Inject
    public MemberExport(Sql sql) {
        this.sql = sql;
    }

    private record Row(
            long id, String email, String name, String mode, String language, Map<String, String> attributes) {}

    /** An export whose columns are known; nothing has been written yet. */
    public final class Prepared {

        private final long listId;
        private final Role role;
        private final List<String> further;

        private Prepared(long listId, Role role, List<String> further) {
            this.listId = listId;
            this.role = role;
            this.further = further;
        }

        /** @param out is not closed */
        public void write(Writer out) throws IOException {
            CSVPrinter csv = new CSVPrinter(out, FORMAT);
            List<String> header = new ArrayList<>(List.of("email", "display_name", "delivery_mode", "language"));
            header.addAll(further);
            csv.printRecord(header);
            long after = 0;
            List<Row> page;
            do {
                page = page(listId, role, after);
                for (Row row : page) {
                    List<String> record = new ArrayList<>(List.of(row.email, row.name, row.mode, row.language));
                    further.forEach(name -> record.add(row.attributes.getOrDefault(name, "")));
                    csv.printRecord(record);
                    after = row.id;
                }
            } while (page.size() == PAGE);
            csv.flush();
        }
    }

    /** Reads which columns there will be: members may have attributes of any name. */
    @Needs(Right.SEE_MEMBERS)
    public Prepared prepare(@OfList long listId, Role role) {
        SortedSet<String> further = new TreeSet<>();
        long after = 0;
        List<Row> page;
        do {
            page = withAttributes(listId, role, after);
            for (Row row : page) {
                further.addAll(row.attributes.keySet());
                after = row.id;
            }
            if (further.size() > MOST_ATTRIBUTES) {
                throw new InvalidValueException(
                        "the attributes", further.size() + " names", MOST_ATTRIBUTES + " different ones at most");
            }
        } while (page.size() == PAGE);
        return new Prepared(listId, role, List.copyOf(further));
    }

    private List<Row> withAttributes(long listId, Role role, long after) {
        return sql.list("""
                select m.id, '' as original_email, '' as display_name, '' as delivery_mode, '' as preferred_language, m.attributes
                from member m
                where m.list_id = ? and m.role = ? and m.id > ? and m.attributes is not null
                order by m.list_id, m.role, m.id fetch first ? rows only""", MemberExport::row, listId, role, after, PAGE);
    }

    private List<Row> page(long listId, Role role, long after) {
        return sql.list("""
                select m.id, a.original_email, m.display_name, m.delivery_mode, m.preferred_language, m.attributes
                from member m join address a on a.id = m.address_id
                where m.list_id = ? and m.role = ? and m.id > ?
                order by m.list_id, m.role, m.id fetch first ? rows only""", MemberExport::row, listId, role, after, PAGE);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("original_email"),
                text(row.getString("display_name")),
                text(row.getString("delivery_mode")).toLowerCase(Locale.ROOT),
                text(row.getString("preferred_language")),
                JSON.convertToEntityAttribute(row.getString("attributes")));
    }

    private static String text(String column) {
        return column == null ? "" : column;
    }
}
