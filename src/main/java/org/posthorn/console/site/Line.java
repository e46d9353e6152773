package org.posthorn.console.site;

import java.util.Arrays;
import java.util.StringJoiner;

/** Figures over time as a small line. */
public final class Line {

    static final int WIDTH = 240;
    static final int HEIGHT = 40;

    private final long[] figures;

    Line(long... figures) {
        this.figures = figures.clone();
    }

    public long getSum() {
        return Arrays.stream(figures).sum();
    }

    public long getMost() {
        return Arrays.stream(figures).max().orElse(0);
    }

    /** The points of an SVG polyline, 240 wide and 40 high; a line at the bottom where there was nothing. */
    public String getPoints() {
        double step = figures.length < 2 ? WIDTH : (double) WIDTH / (figures.length - 1);
        long most = Math.max(1, getMost());
        StringJoiner points = new StringJoiner(" ");
        for (int i = 0; i < figures.length; i++) {
            points.add(Math.round(i * step) + "," + (HEIGHT - 2 - Math.round((HEIGHT - 4.0) * figures[i] / most)));
        }
        return points.toString();
    }

    /** The same with its two lower corners: an area. */
    public String getArea() {
        return "0," + HEIGHT + " " + getPoints() + " " + WIDTH + "," + HEIGHT;
    }
}
