package org.posthorn.cli.members;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Lines that are sorted on disk, by what stands before their first tab: so many in memory at a time and no more, however
 * many there are.
 */
final class SortedLines implements AutoCloseable {

    private static final Comparator<String> BY_KEY = Comparator.comparing(SortedLines::key);

    private final int held;
    private final Path folder;
    private final List<Path> runs = new ArrayList<>();
    private final List<BufferedReader> readers = new ArrayList<>();
    private List<String> lines = new ArrayList<>();
    private long count;

    /** @param held how many lines are held in memory */
    SortedLines(int held) throws IOException {
        this.held = held;
        this.folder = Files.createTempDirectory("posthorn-sort-");
    }

    static String key(String line) {
        int tab = line.indexOf('\t');
        return tab < 0 ? line : line.substring(0, tab);
    }

    void add(String line) throws IOException {
        lines.add(line);
        count++;
        if (lines.size() >= held) {
            writeRun();
        }
    }

    long count() {
        return count;
    }

    private void writeRun() throws IOException {
        lines.sort(BY_KEY);
        Path run = folder.resolve(Integer.toString(runs.size()));
        try (BufferedWriter out = Files.newBufferedWriter(run)) {
            for (String line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        runs.add(run);
        lines = new ArrayList<>();
    }

    /** @return each key once, with the line that was added first; ends the adding */
    Iterator<String> sorted() throws IOException {
        if (runs.isEmpty()) {
            lines.sort(BY_KEY);
            return once(lines.iterator());
        }
        writeRun();
        return once(merged());
    }

    private record Head(String line, int run) {}

    private Iterator<String> merged() throws IOException {
        // Where keys are equal the earlier run has the earlier line.
        PriorityQueue<Head> heads =
                new PriorityQueue<>(Comparator.comparing(Head::line, BY_KEY).thenComparing(Head::run));
        for (int i = 0; i < runs.size(); i++) {
            readers.add(Files.newBufferedReader(runs.get(i)));
            push(heads, i);
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public String next() {
                if (heads.isEmpty()) {
                    throw new NoSuchElementException();
                }
                Head head = heads.remove();
                try {
                    push(heads, head.run());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return head.line();
            }
        };
    }

    private void push(PriorityQueue<Head> heads, int run) throws IOException {
        String line = readers.get(run).readLine();
        if (line != null) {
            heads.add(new Head(line, run));
        }
    }

    private static Iterator<String> once(Iterator<String> sorted) {
        return new Iterator<>() {
            private String next = sorted.hasNext() ? sorted.next() : null;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public String next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                String result = next;
                String key = key(result);
                do {
                    next = sorted.hasNext() ? sorted.next() : null;
                } while (next != null && key(next).equals(key));
                return result;
            }
        };
    }

    @Override
    public void close() throws IOException {
        for (BufferedReader reader : readers) {
            reader.close();
        }
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
        Files.deleteIfExists(folder);
    }
}
