/** The rooms below {@code /site}: what a postmaster looks at and does. */
package org.posthorn.console.site;
