package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** Whether and how posts are archived. */
@Embeddable
public class Archiving {

    @Column(name = "archive_policy", nullable = false)
    @Enumerated(EnumType.STRING)
    private ArchivePolicy archivePolicy = ArchivePolicy.PUBLIC;

    @Column(name = "archive_rendering_mode", nullable = false)
    @Enumerated(EnumType.STRING)
    private ArchiveRendering archiveRenderingMode = ArchiveRendering.TEXT;

    /** Who may read the archive. */
    public ArchivePolicy getArchivePolicy() {
        return archivePolicy;
    }

    public void setArchivePolicy(ArchivePolicy archivePolicy) {
        this.archivePolicy = archivePolicy;
    }

    /** How the archive shows a post. */
    public ArchiveRendering getArchiveRenderingMode() {
        return archiveRenderingMode;
    }

    public void setArchiveRenderingMode(ArchiveRendering archiveRenderingMode) {
        this.archiveRenderingMode = archiveRenderingMode;
    }
}
