package org.posthorn.cli.show;

import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table with a header. In a terminal its columns are as wide as the first rows need, so that a million rows are not
 * held; elsewhere a tab stands between them, for {@code cut} and {@code awk}.
 */
final class TableRows implements Rows {

    private static final int MEASURED = 200;
    private static final int WIDEST = 60;

    private final PrintWriter out;
    private final List<String> columns;
    private final boolean aligned;
    private final int[] widths;
    private boolean begun;
    private List<List<String>> waiting = new ArrayList<>();

    TableRows(PrintWriter out, List<String> columns, boolean aligned) {
        this.out = out;
        this.columns = columns;
        this.aligned = aligned;
        this.widths = new int[columns.size()];
    }

    @Override
    public void row(JsonObject row) {
        header();
        add(columns.stream().map(name -> Values.text(row.get(name))).toList());
    }

    private void header() {
        if (!begun) {
            begun = true;
            add(columns.stream()
                    .map(name -> name.toUpperCase(Locale.ROOT).replace('_', ' '))
                    .toList());
        }
    }

    private void add(List<String> cells) {
        if (!aligned) {
            out.println(String.join("\t", cells));
        } else if (waiting == null) {
            print(cells);
        } else {
            waiting.add(cells);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(WIDEST, Values.width(cells.get(i))));
            }
            if (waiting.size() > MEASURED) {
                flush();
            }
        }
    }

    private void flush() {
        waiting.forEach(this::print);
        waiting = null;
    }

    private void print(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(Values.pad(cells.get(i), widths[i])).append("  ");
        }
        out.println(line.toString().stripTrailing());
    }

    @Override
    public void end() {
        header();
        if (aligned && waiting != null) {
            flush();
        }
    }
}
