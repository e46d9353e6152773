package org.posthorn.list;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which memberships are wanted; null leaves a point open.
 *
 * @param listId RFC 2919
 * @param subscriber an address, in which * stands for anything; null: anyone
 * @param subscriberId one person's, whatever the address; null: anyone's
 */
public record MemberSearch(
        String listId,
        String subscriber,
        Long subscriberId,
        Role role,
        Action moderationAction,
        DeliveryMode deliveryMode,
        DeliveryStatus deliveryStatus) {

    public static MemberSearch roster(String listId, Role role) {
        return new MemberSearch(listId, null, null, role, null, null, null);
    }

    String where(Map<String, Object> parameters) {
        Map<String, Object> points = new LinkedHashMap<>();
        add(
                points,
                parameters,
                "m.list.listId = :list",
                "list",
                listId == null ? null : Keys.ofName(listId).orElse(""));
        if (subscriber != null && subscriber.indexOf('*') >= 0) {
            add(points, parameters, "a.email like :email escape '\\'", "email", Like.withStars(subscriber));
        } else {
            add(
                    points,
                    parameters,
                    "a.email = :email",
                    "email",
                    subscriber == null ? null : Keys.ofAddress(subscriber).orElse(""));
        }
        add(points, parameters, "(s.id = :person or ms.id = :person)", "person", subscriberId);
        add(points, parameters, "m.role = :role", "role", role);
        add(points, parameters, "m.moderationAction = :action", "action", moderationAction);
        add(points, parameters, effective("deliveryMode", DeliveryMode.REGULAR, deliveryMode), "mode", deliveryMode);
        add(
                points,
                parameters,
                effective("deliveryStatus", DeliveryStatus.ENABLED, deliveryStatus),
                "status",
                deliveryStatus);
        return points.isEmpty() ? "" : "where " + String.join(" and ", points.keySet());
    }

    private static void add(
            Map<String, Object> points, Map<String, Object> parameters, String point, String name, Object value) {
        if (value != null) {
            points.put(point, value);
            parameters.put(name, value);
        }
    }

    /** What counts after inheritance; the site's own preference is what is looked for where nobody wishes anything. */
    private static String effective(String preference, Enum<?> site, Enum<?> wanted) {
        String name = preference.equals("deliveryMode") ? ":mode" : ":status";
        String inherited = "m.preferences.%1$s = %2$s"
                + " or m.preferences.%1$s is null and (a.preferences.%1$s = %2$s"
                + " or a.preferences.%1$s is null and (s.preferences.%1$s = %2$s"
                + (site == wanted ? " or s.preferences.%1$s is null" : "")
                + "))";
        return "(" + inherited.formatted(preference, name) + ")";
    }
}
