/** What people may do on a list, by their roles: owner and moderator of the list, owner of its domain. */
package org.posthorn.list.access;
