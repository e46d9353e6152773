package org.posthorn.cli.members;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.mail.EmailAddress;

/**
 * What has to change so that a list's members become a file's: two files on disk, of rows to be imported and of addresses
 * to be taken off. Addresses are the same when the server takes them for the same.
 */
public final class Difference implements AutoCloseable {

    /** Lines that are sorted at a time, some 15 MB. */
    private static final int HELD = 50_000;

    private final Path folder;
    private final Path additions;
    private final Path removals;
    private long added;
    private long removed;
    private long present;
    private boolean fileEmpty;

    private Difference() throws IOException {
        folder = Files.createTempDirectory("posthorn-sync-");
        additions = folder.resolve("additions.csv");
        removals = folder.resolve("removals");
    }

    /**
     * @param file an address a line, or CSV with a header row of which one column is {@code email}; is closed
     * @throws IOException when one of the two cannot be read to its end; its message names the line
     */
    public static Difference of(InputStream file, Roster roster) throws IOException {
        return of(file, roster::csv, HELD);
    }

    /** Opens what the server exports. */
    interface Export {
        InputStream open();
    }

    static Difference of(InputStream file, Export roster, int held) throws IOException {
        Difference difference = new Difference();
        try (SortedLines wanted = new SortedLines(held);
                SortedLines present = new SortedLines(held)) {
            String header;
            try (InputStream in = file) {
                header = read(in, wanted);
            }
            try (InputStream in = roster.open()) {
                read(in, present);
            }
            difference.fileEmpty = wanted.count() == 0;
            difference.present = present.count();
            difference.compare(wanted.sorted(), present.sorted(), header);
        } catch (IOException | RuntimeException e) {
            difference.close();
            throw e;
        }
        return difference;
    }

    /** @return the header row for what was read */
    private static String read(InputStream in, SortedLines into) throws IOException {
        CsvReader reader = new CsvReader(in);
        String first = reader.next();
        if (first == null) {
            return "email";
        }
        List<String> names = reader.fields(first).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        int column = names.indexOf("email");
        for (String line = column < 0 ? first : reader.next(); line != null; line = reader.next()) {
            if (column < 0 && line.startsWith("#")) {
                continue;
            }
            String email = column < 0 ? line.strip() : field(reader.fields(line), column);
            into.add(key(email, reader.line()) + "\t" + (column < 0 ? quoted(email) : line));
        }
        return column < 0 ? "email" : first;
    }

    private static String field(List<String> fields, int column) {
        return column < fields.size() ? fields.get(column) : "";
    }

    private static String key(String email, long line) throws IOException {
        Optional<EmailAddress> address = EmailAddress.parse(email);
        // A file that is read wrong must not empty a list: nothing is changed then.
        return address.orElseThrow(() -> new IOException(
                        "line " + line + " has no e-mail address: " + email.replaceAll("\\p{Cntrl}", "?")))
                .key();
    }

    private static String quoted(String text) {
        return text.matches("[^\",]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void compare(Iterator<String> wanted, Iterator<String> present, String header) throws IOException {
        try (BufferedWriter add = Files.newBufferedWriter(additions);
                BufferedWriter remove = Files.newBufferedWriter(removals)) {
            write(add, header);
            String want = next(wanted);
            String have = next(present);
            while (want != null || have != null) {
                int order = want == null
                        ? 1
                        : have == null ? -1 : SortedLines.key(want).compareTo(SortedLines.key(have));
                if (order < 0) {
                    write(add, want.substring(want.indexOf('\t') + 1));
                    added++;
                } else if (order > 0) {
                    write(remove, SortedLines.key(have));
                    removed++;
                }
                want = order <= 0 ? next(wanted) : want;
                have = order >= 0 ? next(present) : have;
            }
        }
    }

    private static String next(Iterator<String> lines) {
        return lines.hasNext() ? lines.next() : null;
    }

    private static void write(BufferedWriter out, String line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    /** @return whether the file held no address at all */
    public boolean isFileEmpty() {
        return fileEmpty;
    }

    public long addedCount() {
        return added;
    }

    public long removedCount() {
        return removed;
    }

    /** @return how many are on the list now */
    public long presentCount() {
        return present;
    }

    /** @return the file's rows that are not on the list, as CSV */
    public Path additions() {
        return additions;
    }

    /** Tells each address that is in the file and not on the list. */
    public void added(Consumer<String> each) throws IOException {
        try (InputStream in = Files.newInputStream(additions)) {
            CsvReader reader = new CsvReader(in);
            List<String> names = reader.fields(reader.next());
            int column = names.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList()
                    .indexOf("email");
            for (String line = reader.next(); line != null; line = reader.next()) {
                each.accept(field(reader.fields(line), column));
            }
        }
    }

    /** Tells each address that is on the list and not in the file. */
    public void removed(Consumer<String> each) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(removals)) {
            for (String email = reader.readLine(); email != null; email = reader.readLine()) {
                each.accept(email);
            }
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(additions);
        Files.deleteIfExists(removals);
        Files.deleteIfExists(folder);
    }
}
