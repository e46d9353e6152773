package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.List;

/** Which MIME parts a post may have. */
@Embeddable
public class ContentFilter {

    @Column(name = "filter_content", nullable = false)
    private boolean filterContent = false;

    @Column(name = "filter_action", nullable = false)
    @Enumerated(EnumType.STRING)
    private FilterAction filterAction = FilterAction.DISCARD;

    @Column(name = "filter_types", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> filterTypes = List.of();

    @Column(name = "pass_types", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> passTypes = List.of();

    @Column(name = "filter_extensions", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> filterExtensions = List.of();

    @Column(name = "pass_extensions", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> passExtensions = List.of();

    @Column(name = "collapse_alternatives", nullable = false)
    private boolean collapseAlternatives = true;

    @Column(name = "convert_html_to_plaintext", nullable = false)
    private boolean convertHtmlToPlaintext = false;

    /** Whether the filter is on. */
    public boolean isFilterContent() {
        return filterContent;
    }

    public void setFilterContent(boolean filterContent) {
        this.filterContent = filterContent;
    }

    /** What happens to a message of which nothing is left. */
    public FilterAction getFilterAction() {
        return filterAction;
    }

    public void setFilterAction(FilterAction filterAction) {
        this.filterAction = filterAction;
    }

    /** MIME types that are removed. */
    public List<String> getFilterTypes() {
        return filterTypes;
    }

    public void setFilterTypes(List<String> filterTypes) {
        this.filterTypes = List.copyOf(filterTypes);
    }

    /** If there are any: the MIME types that may stay. */
    public List<String> getPassTypes() {
        return passTypes;
    }

    public void setPassTypes(List<String> passTypes) {
        this.passTypes = List.copyOf(passTypes);
    }

    /** File name extensions that are removed. */
    public List<String> getFilterExtensions() {
        return filterExtensions;
    }

    public void setFilterExtensions(List<String> filterExtensions) {
        this.filterExtensions = List.copyOf(filterExtensions);
    }

    /** If there are any: the file name extensions that may stay. */
    public List<String> getPassExtensions() {
        return passExtensions;
    }

    public void setPassExtensions(List<String> passExtensions) {
        this.passExtensions = List.copyOf(passExtensions);
    }

    /** Whether multipart/alternative is reduced to its first part. */
    public boolean isCollapseAlternatives() {
        return collapseAlternatives;
    }

    public void setCollapseAlternatives(boolean collapseAlternatives) {
        this.collapseAlternatives = collapseAlternatives;
    }

    /** Whether HTML is turned into plain text. */
    public boolean isConvertHtmlToPlaintext() {
        return convertHtmlToPlaintext;
    }

    public void setConvertHtmlToPlaintext(boolean convertHtmlToPlaintext) {
        this.convertHtmlToPlaintext = convertHtmlToPlaintext;
    }
}
