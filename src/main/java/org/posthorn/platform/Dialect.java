package org.posthorn.platform;

/** Where the two databases differ. */
public enum Dialect {
    H2("current_timestamp", "varbinary", "varbinary(32)", "(262144)", "varchar(1048576)", "", ""),
    POSTGRESQL("clock_timestamp()", "bytea", "bytea", "", "text", " collate \"C\"", " stored");

    private final String realNow;
    private final String bytesType;
    private final String sha256Type;
    private final String partSize;
    private final String textType;
    private final String binaryOrder;
    private final String storedColumn;

    Dialect(
            String realNow,
            String bytesType,
            String sha256Type,
            String partSize,
            String textType,
            String binaryOrder,
            String storedColumn) {
        this.realNow = realNow;
        this.bytesType = bytesType;
        this.sha256Type = sha256Type;
        this.partSize = partSize;
        this.textType = textType;
        this.binaryOrder = binaryOrder;
        this.storedColumn = storedColumn;
    }

    /**
     * The database's own clock, for leases: the real time, not the transaction's start. On H2 only right outside of a
     * longer transaction, which is how leases use it.
     */
    public String realNow() {
        return realNow;
    }

    String bytesType() {
        return bytesType;
    }

    String sha256Type() {
        return sha256Type;
    }

    String partSize() {
        return partSize;
    }

    String textType() {
        return textType;
    }

    /** What follows a text column's type so that it is compared octet by octet. */
    String binaryOrder() {
        return binaryOrder;
    }

    /** What follows the expression of a column that the database works out when the row is written. */
    String storedColumn() {
        return storedColumn;
    }

    /** What begins a line of a migration that makes an index of a part of a table: nothing, or the mark of a comment. */
    String wherePartialIndexes() {
        return this == POSTGRESQL ? "" : "-- ";
    }

    /**
     * What follows a derived table, the first of a {@code from}, so that its rows, one after the other, lead to those of a
     * table by an index. PostgreSQL may read the two in any order, and takes a bad one where its statistics are old; only a
     * lateral join whose inside it cannot dissolve fixes the order. H2 has no lateral join, and keeps the order as it is.
     *
     * @param key the column of the derived table, with its alias, that is equal to the column of the table
     */
    public String leadsTo(String table, String alias, String column, String key) {
        return this == POSTGRESQL
                ? " cross join" + inside(table, alias, column, key)
                : " join" + beside(table, alias, column, key);
    }

    /** The same where there may be no such row. */
    public String mayLeadTo(String table, String alias, String column, String key) {
        return this == POSTGRESQL
                ? " left join" + inside(table, alias, column, key) + " on true"
                : " left join" + beside(table, alias, column, key);
    }

    /** The {@code offset 0} is what cannot be dissolved. */
    private static String inside(String table, String alias, String column, String key) {
        return " lateral (select * from " + table + " where " + column + " = " + key + " offset 0) " + alias;
    }

    private static String beside(String table, String alias, String column, String key) {
        return " " + table + " " + alias + " on " + alias + "." + column + " = " + key;
    }
}
