/**
 * The settings of a node, read once at start and checked before anything else happens.
 *
 * <p>Nothing here needs the container: the launcher reads the same settings before the server exists.
 */
package org.posthorn.platform.settings;
