/**
 * The log lines that tell what became of mail: one INFO line for each fate, from a closed set, as {@code key=value}. Hostile
 * text cannot forge one, and no address is in the clear. {@code LogLinesTest} holds that fates are said here only.
 */
package org.posthorn.platform.log;
