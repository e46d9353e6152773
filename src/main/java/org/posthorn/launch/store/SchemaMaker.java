package org.posthorn.launch.store;

import javax.sql.DataSource;

/** Brings a database's schema to this program's version. */
interface SchemaMaker {

    void make(DataSource database, boolean postgreSql);
}
