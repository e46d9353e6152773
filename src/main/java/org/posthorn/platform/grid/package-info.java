/**
 * The data grid: what nodes tell each other to be quick. Nothing may rely on it: whatever it carries, somebody finds by
 * the database too, only later. The one package that knows Hazelcast.
 */
package org.posthorn.platform.grid;
