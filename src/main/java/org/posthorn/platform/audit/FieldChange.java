package org.posthorn.platform.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.persistence.descriptors.DescriptorEvent;
import org.eclipse.persistence.indirection.ValueHolderInterface;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.internal.sessions.ObjectChangeSet;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.queries.ObjectLevelModifyQuery;
import org.eclipse.persistence.sessions.changesets.AggregateChangeRecord;
import org.eclipse.persistence.sessions.changesets.ChangeRecord;
import org.eclipse.persistence.sessions.changesets.CollectionChangeRecord;
import org.eclipse.persistence.sessions.changesets.DirectCollectionChangeRecord;
import org.eclipse.persistence.sessions.changesets.DirectToFieldChangeRecord;

/**
 * One field's change, as the columns hold it: text for text, the constant's name for an enum. Of a collection the old value
 * is what was taken out, and the new one what was put in.
 */
record FieldChange(String field, String oldValue, String newValue) {

    static List<FieldChange> of(DescriptorEvent event) {
        List<FieldChange> changes = new ArrayList<>();
        ObjectChangeSet set =
                event.getQuery() instanceof ObjectLevelModifyQuery query ? query.getObjectChangeSet() : null;
        collect(set, event.getObject(), event.getSession(), changes);
        changes.removeIf(change -> Objects.equals(change.oldValue, change.newValue));
        return changes;
    }

    private static void collect(ObjectChangeSet set, Object owner, AbstractSession session, List<FieldChange> changes) {
        if (set == null || set.getChanges() == null) {
            return;
        }
        for (ChangeRecord record : set.getChanges()) {
            DatabaseMapping mapping = ((org.eclipse.persistence.internal.sessions.ChangeRecord) record).getMapping();
            if (mapping == null || mapping.getDescriptor().getOptimisticLockingPolicy() != null && isVersion(mapping)) {
                continue;
            }
            if (record instanceof AggregateChangeRecord aggregate) {
                collect(
                        (ObjectChangeSet) aggregate.getChangedObject(),
                        mapping.getAttributeValueFromObject(owner),
                        session,
                        changes);
            } else if (record instanceof DirectCollectionChangeRecord collection) {
                changes.add(new FieldChange(
                        record.getAttribute(),
                        text(collection.getRemoveObjectList()),
                        text(collection.getAddObjectList())));
            } else if (record instanceof CollectionChangeRecord collection) {
                changes.add(new FieldChange(
                        record.getAttribute(),
                        objects(collection.getRemoveObjectList().keySet()),
                        objects(collection.getAddObjectList().keySet())));
            } else if (record instanceof DirectToFieldChangeRecord direct
                    && mapping instanceof AbstractDirectMapping column) {
                changes.add(new FieldChange(
                        column.getField().getName().toLowerCase(Locale.ROOT),
                        text(column.getFieldValue(direct.getOldValue(), session)),
                        text(column.getFieldValue(direct.getNewValue(), session))));
            } else {
                Object now = mapping.getRealAttributeValueFromObject(owner, session);
                changes.add(new FieldChange(reference(mapping), named(record.getOldValue()), named(now)));
            }
        }
    }

    private static boolean isVersion(DatabaseMapping mapping) {
        return mapping.getFields()
                .contains(mapping.getDescriptor().getOptimisticLockingPolicy().getWriteLockField());
    }

    private static String reference(DatabaseMapping mapping) {
        return mapping.getFields().stream()
                .map(field -> field.getName().replaceAll("_id$", ""))
                .collect(Collectors.joining(","));
    }

    private static String objects(Collection<?> changeSets) {
        return changeSets.isEmpty()
                ? null
                : changeSets.stream()
                        .map(set -> named(((ObjectChangeSet) set).getUnitOfWorkClone()))
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    private static String named(Object entity) {
        Object real = entity instanceof ValueHolderInterface<?> holder ? holder.getValue() : entity;
        return real instanceof Audited audited ? audited.auditSubject().name() : text(real);
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> values) {
            return values.isEmpty()
                    ? null
                    : values.stream().map(String::valueOf).sorted().collect(Collectors.joining("\n"));
        }
        return value == null ? null : value.toString();
    }
}
