/** What commands print: tables and fields for people, JSON for programs. Text of the server's never moves the cursor. */
package org.posthorn.cli.show;
