package org.posthorn.platform.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.DescriptorEvent;
import org.eclipse.persistence.descriptors.DescriptorEventAdapter;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.posthorn.platform.actor.Acting;

/**
 * Records what becomes of {@link Audited} entities, as EclipseLink writes them: one entry for one that is made or
 * removed, one a field for one that changes, in the transaction that writes it. Nobody has to think of it, and nobody can
 * forget it. What the database removes by itself (a list's members) is covered by the entry of what took it along.
 */
@ApplicationScoped
public class AuditedEntities {

    private final AuditLog log;

    protected AuditedEntities() {
        this(null);
    }

    @Inject
    public AuditedEntities(AuditLog log) {
        this.log = log;
    }

    /** From now on; once for each persistence unit, before anything is written by it. A second call changes nothing. */
    public void watch(EntityManagerFactory factory) {
        for (ClassDescriptor descriptor :
                factory.unwrap(ServerSession.class).getDescriptors().values()) {
            if (Audited.class.isAssignableFrom(descriptor.getJavaClass())
                    && descriptor.getEventManager().getEventListeners().stream()
                            .noneMatch(Recorder.class::isInstance)) {
                descriptor.getEventManager().addListener(new Recorder());
            }
        }
    }

    private final class Recorder extends DescriptorEventAdapter {

        @Override
        public void postInsert(DescriptorEvent event) {
            Audited entity = (Audited) event.getObject();
            if (entity.isAuditedFor(Acting.current())) {
                log.record(AuditLog.CREATE, entity.auditSubject(), entity.auditDetails());
            }
        }

        @Override
        public void preDelete(DescriptorEvent event) {
            Audited entity = (Audited) event.getObject();
            if (entity.isAuditedFor(Acting.current())) {
                log.record(AuditLog.DELETE, entity.auditSubject(), entity.auditDetails());
            }
        }

        @Override
        public void postUpdate(DescriptorEvent event) {
            Audited entity = (Audited) event.getObject();
            if (!entity.isAuditedFor(Acting.current())) {
                return;
            }
            FieldChange.of(event).stream()
                    .filter(change -> !entity.unauditedColumns().contains(change.field()))
                    .forEach(change ->
                            log.change(entity.auditSubject(), change.field(), change.oldValue(), change.newValue()));
        }
    }
}
