/** Who is at the other end of an HTTP request: what REST and the console both must know. */
package org.posthorn.platform.web;
