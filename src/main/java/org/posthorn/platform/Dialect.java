package org.posthorn.platform;

/** Where the two databases differ. */
public enum Dialect {
    H2("current_timestamp", "varbinary", "(262144)", "varchar(1048576)"),
    POSTGRESQL("clock_timestamp()", "bytea", "", "text");

    private final String realNow;
    private final String bytesType;
    private final String partSize;
    private final String textType;

    Dialect(String realNow, String bytesType, String partSize, String textType) {
        this.realNow = realNow;
        this.bytesType = bytesType;
        this.partSize = partSize;
        this.textType = textType;
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

    String partSize() {
        return partSize;
    }

    String textType() {
        return textType;
    }
}
