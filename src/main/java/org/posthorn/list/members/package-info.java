/**
 * A list's members as the people who look after it see and change them: pages, searches and counts that stay quick on a
 * roster of a million, and changes to one or to many. Plain SQL for reading, entities for changing. What a subscription
 * takes stands in {@code list}; nothing here goes round it. May use {@code list}, {@code mail} and {@code platform}.
 */
package org.posthorn.list.members;
