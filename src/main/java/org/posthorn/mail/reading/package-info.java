/**
 * A message made fit for people's eyes: which parts it has, what its text says, what its HTML says once everything that
 * acts is taken out. For messages that nobody has let pass yet: everything in them is hostile. One pass over a stream,
 * bounded depth, number of parts and memory; a broken message gives what can be read of it, never an exception but the
 * stream's. Uses jsoup to take HTML apart: it parses as browsers do, and keeps only what is on a list, where filters of
 * one's own make have always been got round. RFC 2045 to 2049, 2183. May use {@code mail} and {@code platform}.
 */
package org.posthorn.mail.reading;
