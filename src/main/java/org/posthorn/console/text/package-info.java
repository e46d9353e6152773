/**
 * The words of the pages: one file per room and language, {@code texts/<room>_<language>.properties}, found by the first
 * part of a text's key.
 */
package org.posthorn.console.text;
