/** Signing in and out: Jakarta Security's form mechanism over the same people, passwords and limits as REST. */
package org.posthorn.console.signin;
