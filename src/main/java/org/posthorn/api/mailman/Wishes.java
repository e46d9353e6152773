package org.posthorn.api.mailman;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.list.PreferenceFields;

/** Preferences as they come: some of them, all of them, or none any more. */
final class Wishes {

    private Wishes() {}

    /** PATCH: what is named changes. */
    static Map<String, Object> some(Fields body) {
        return body.check(Set.of(), PreferenceFields.names()).asChanges();
    }

    /** PUT: all at once, so that none is forgotten. */
    static Map<String, Object> all(Fields body) {
        return body.check(PreferenceFields.names(), Set.of()).asChanges();
    }

    /** DELETE: everything is left open. */
    static Map<String, Object> none() {
        Map<String, Object> none = new LinkedHashMap<>();
        PreferenceFields.names().forEach(name -> none.put(name, null));
        return none;
    }
}
