package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.List;

/** What happens to posts whose author's domain publishes a strict DMARC policy (RFC 7489). */
@Embeddable
public class DmarcPolicy {

    @Column(name = "dmarc_mitigate_action", nullable = false)
    @Enumerated(EnumType.STRING)
    private DmarcMitigation dmarcMitigateAction = DmarcMitigation.NO_MITIGATION;

    @Column(name = "dmarc_mitigate_unconditionally", nullable = false)
    private boolean dmarcMitigateUnconditionally = false;

    @Column(name = "dmarc_addresses", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> dmarcAddresses = List.of();

    @Column(name = "dmarc_moderation_notice", nullable = false)
    private String dmarcModerationNotice = "";

    @Column(name = "dmarc_wrapped_message_text", nullable = false)
    private String dmarcWrappedMessageText = "";

    /** What is done. */
    public DmarcMitigation getDmarcMitigateAction() {
        return dmarcMitigateAction;
    }

    public void setDmarcMitigateAction(DmarcMitigation dmarcMitigateAction) {
        this.dmarcMitigateAction = dmarcMitigateAction;
    }

    /** Whether it is done whatever the policy says. */
    public boolean isDmarcMitigateUnconditionally() {
        return dmarcMitigateUnconditionally;
    }

    public void setDmarcMitigateUnconditionally(boolean dmarcMitigateUnconditionally) {
        this.dmarcMitigateUnconditionally = dmarcMitigateUnconditionally;
    }

    /** Addresses and ^patterns to which it is done, too. */
    public List<String> getDmarcAddresses() {
        return dmarcAddresses;
    }

    public void setDmarcAddresses(List<String> dmarcAddresses) {
        this.dmarcAddresses = List.copyOf(dmarcAddresses);
    }

    /** The text of a rejection. */
    public String getDmarcModerationNotice() {
        return dmarcModerationNotice;
    }

    public void setDmarcModerationNotice(String dmarcModerationNotice) {
        this.dmarcModerationNotice = dmarcModerationNotice;
    }

    /** The text before a wrapped message. */
    public String getDmarcWrappedMessageText() {
        return dmarcWrappedMessageText;
    }

    public void setDmarcWrappedMessageText(String dmarcWrappedMessageText) {
        this.dmarcWrappedMessageText = dmarcWrappedMessageText;
    }
}
