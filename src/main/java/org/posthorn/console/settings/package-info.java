/**
 * The rooms {@code /manage/{list-id}/settings/…}: a list's attributes by intent, each with what it does, its default and
 * who changed it last; and what is done when somebody else has saved first.
 */
package org.posthorn.console.settings;
