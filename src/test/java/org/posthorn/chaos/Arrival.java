package org.posthorn.chaos;

/**
 * When a copy came, and over which connection.
 *
 * @param number of the copy among those of its connection, from 1
 * @param atMillis since 1970
 */
record Arrival(Connection connection, int number, long atMillis) {

    /** Whether its connection came to its end with it, or with one of so many copies. */
    boolean isAmongLast(int copies) {
        return connection.copies() - number < copies;
    }
}
