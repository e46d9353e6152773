/**
 * What is done with a database while no node runs on it: moving it from H2 to PostgreSQL, putting a backup in place. Programs
 * of their own ({@code bin/posthorn move}, {@code bin/posthorn restore}), in plain JDBC; the schema is made by the server's own
 * classes, taken from the WAR.
 */
package org.posthorn.launch.store;
