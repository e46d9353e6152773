/**
 * Takes parts out of a message of any size (RFC 2045, RFC 2046): reads it once to learn its structure, decides, and writes
 * what is left while it reads it again. Neither pass holds more than the parts' own fields, a line, and one HTML text of
 * bounded size. What is signed or encrypted stays as it is or goes as a whole. Malformed input is never an exception.
 */
package org.posthorn.mail.filter;
