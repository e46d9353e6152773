/**
 * Who is it? Passwords are checked here for REST and the console alike: slowly on purpose (PBKDF2), so with a short
 * memory of what was right, and a limit on how often one may be wrong.
 */
package org.posthorn.list.signin;
