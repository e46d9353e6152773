/** Tests of the packaged archive from outside: processes, sockets, a real Postfix, a browser. */
package org.posthorn.endtoend;
