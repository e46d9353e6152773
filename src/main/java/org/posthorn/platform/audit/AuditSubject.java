package org.posthorn.platform.audit;

/**
 * What an entry is about.
 *
 * @param kind a short noun, such as {@code list}, {@code member}, {@code smarthost}
 * @param name as people know it; cut to 320 characters
 * @param listId the list's row that it belongs to, or null
 * @param listName that list's list-id, or null
 */
public record AuditSubject(String kind, String name, Long listId, String listName) {

    /** One that belongs to the site. */
    public static AuditSubject of(String kind, String name) {
        return new AuditSubject(kind, name, null, null);
    }
}
