/**
 * Who may come in: servlet filters before everything else. By address, by origin (a browser that another site leads),
 * by name and password.
 */
package org.posthorn.api.guard;
