package org.posthorn.privacy;

import java.util.List;
import java.util.Map;

/**
 * Where in the database an address can stand, and why it can't, or may, elsewhere. Rows that are a person's own (address,
 * member, subscriber, subscription_request) go as a whole; in all others the address is replaced.
 */
final class PersonalText {

    private PersonalText() {}

    /**
     * A table that is swept.
     *
     * @param key its first key column, a number that windows are cut by
     * @param keys all of its key columns
     * @param left a condition for rows that are left as they are because something still works with them; empty: none
     * @param removed whether rows go as a whole: one that says a pseudonym is of no use, or would be there twice
     * @param told how the audit log is told of a changed row; null: it is not
     */
    record Place(
            String table,
            String key,
            List<String> keys,
            List<String> columns,
            String left,
            boolean removed,
            Told told) {

        static Place of(String table, String key, String... columns) {
            return new Place(table, key, List.of(key), List.of(columns), "", false, null);
        }

        Place keyed(String... all) {
            return new Place(table, key, List.of(all), columns, left, removed, told);
        }

        Place leaving(String condition) {
            return new Place(table, key, keys, columns, condition, removed, told);
        }

        Place removing() {
            return new Place(table, key, keys, columns, left, true, told);
        }

        Place told(String noun, String list, String name) {
            return new Place(table, key, keys, columns, left, removed, new Told(noun, list, name));
        }
    }

    /**
     * @param noun what such a row is called in the audit log
     * @param list an expression for the list's row that it belongs to
     * @param name an expression for the name of that list, or of what else it belongs to
     */
    record Told(String noun, String list, String name) {}

    private static final String ITS_LIST = "t.list_id";
    private static final String ITS_LISTS_NAME = "(select l.list_id from mailing_list l where l.id = t.list_id)";
    private static final String AT_WORK = "exists (select 1 from queue_entry q where q.";

    /** Swept by each erasure. */
    static final List<Place> PLACES = List.of(
            Place.of("audit_entry", "id", "actor", "subject_name", "old_value", "new_value", "details"),
            Place.of("trace_event", "id", "detail"),
            Place.of("delivery_record", "chunk_id", "replies").keyed("chunk_id", "first_index"),
            Place.of("delivery_chunk", "id", "recipients").leaving(AT_WORK + "chunk_id = t.id)"),
            Place.of("posting", "id", "recipient", "sender", "subject")
                    .leaving(AT_WORK
                            + "posting_id = t.id) or exists (select 1 from held_message h where h.posting_id = t.id)"),
            Place.of("held_message", "request_id", "subject", "reason", "reasons"),
            Place.of("author_notice", "id", "email"),
            Place.of("autoresponse", "id", "email").removing(),
            Place.of("attachment", "id", "name"),
            Place.of("member_import", "id", "actor", "file_name"),
            Place.of("member_import_error", "import_id", "value_text", "reason").keyed("import_id", "error_no"),
            Place.of("address", "id", "display_name"),
            Place.of("subscriber", "id", "display_name"),
            Place.of("member", "id", "display_name", "attributes"),
            Place.of("service_account", "id", "created_by"));

    /** Rules and texts that lists' owners and administrators wrote: swept only when it is asked for. */
    static final List<Place> RULES = List.of(
            Place.of("ban", "id", "email").told("ban", ITS_LIST, ITS_LISTS_NAME),
            Place.of("header_match", "id", "header", "pattern", "tag").told("header-match", ITS_LIST, ITS_LISTS_NAME),
            Place.of("domain", "id", "description").told("domain", "cast(null as bigint)", "t.mail_host"),
            Place.of("template_text", "id", "content").told("template", ITS_LIST, ITS_LISTS_NAME),
            Place.of("template_uri", "id", "uri", "content", "problem").told("template", ITS_LIST, ITS_LISTS_NAME),
            Place.of(
                            "mailing_list",
                            "id",
                            "display_name",
                            "description",
                            "info",
                            "acceptable_aliases",
                            "accept_these_nonmembers",
                            "hold_these_nonmembers",
                            "reject_these_nonmembers",
                            "discard_these_nonmembers",
                            "bounce_matching_headers",
                            "topics",
                            "subject_prefix",
                            "reply_to_address",
                            "autoresponse_owner_text",
                            "autoresponse_postings_text",
                            "autoresponse_request_text",
                            "dmarc_addresses",
                            "dmarc_moderation_notice",
                            "dmarc_wrapped_message_text")
                    .told("list", "t.id", "t.list_id"),
            // What these follow from is told with the list's settings.
            Place.of("acceptable_alias", "list_id", "alias")
                    .keyed("list_id", "alias")
                    .removing());

    /** Whole tables that are a person's own, or hold none. */
    static final Map<String, String> EXCUSED_TABLES = Map.ofEntries(
            Map.entry("subscription_request", "a person's own rows: removed"),
            Map.entry("queue_entry", "mail under way: counted as waiting, gone when it is done"),
            Map.entry("last_digest", "kinds of digests"),
            Map.entry("node", "names of nodes"),
            Map.entry("queue_plan", "names of queues"),
            Map.entry("slice_lease", "names of nodes"),
            Map.entry("slice_fence", "names of queues"),
            Map.entry("site_task", "names of tasks"),
            Map.entry("node_execution", "names of nodes"),
            Map.entry("ingress_gate", "constants"),
            Map.entry("site_setting", "settings of the site"),
            Map.entry("smarthost", "accounts at other servers"),
            Map.entry("list_former_name", "names of lists"),
            Map.entry("domain_alias", "names of domains"));

    /** Columns of swept tables that cannot hold an address of a person's, or are removed with their row. */
    static final Map<String, String> EXCUSED_COLUMNS = Map.ofEntries(
            Map.entry("attachment.token", "a secret"),
            Map.entry("attachment.sender", "their own attachments are removed"),
            Map.entry("attachment.type", "a MIME type"),
            Map.entry("audit_entry.via", "a constant"),
            Map.entry("audit_entry.action", "a verb"),
            Map.entry("audit_entry.subject_kind", "a noun"),
            Map.entry("audit_entry.list_name", "a list's name"),
            Map.entry("audit_entry.field", "a setting's name"),
            Map.entry("member.topics", "names of topics, which have no @"),
            Map.entry("member_import.state", "a constant"),
            Map.entry("member_import.problem", "a constant"),
            Map.entry("member_import.node", "a node's name"),
            Map.entry("member_import.incarnation", "a node's life"),
            Map.entry("trace_event.node", "a node's name"),
            Map.entry("trace_event.queue", "a constant"),
            Map.entry("trace_event.event", "a constant"),
            Map.entry("delivery_record.outcome", "a constant"),
            Map.entry("delivery_record.smarthost", "a smarthost's name"),
            Map.entry("delivery_record.enhanced_status", "numbers"),
            Map.entry("posting.first_queue", "a constant"),
            Map.entry("posting.message_id", "names a message: what it is found by"),
            Map.entry("posting.outcome", "a constant"),
            Map.entry("message.copy_plan", "a template's text, beside the message's octets and gone with them"),
            Map.entry("held_message.sender", "their own held posts are discarded, or kept on request"),
            Map.entry("held_message.message_id_header", "names a message"),
            Map.entry("held_message.rules", "names of rules"),
            Map.entry("held_message.misses", "names of rules"),
            Map.entry("template_text.language", "a constant"),
            Map.entry("template_uri.username", "accounts at other servers"),
            Map.entry("template_uri.password", "accounts at other servers"),
            Map.entry("address.email", "a person's own row: removed"),
            Map.entry("address.original_email", "a person's own row: removed"),
            Map.entry("subscriber.password_hash", "a person's own row: removed"),
            Map.entry("subscriber.login_name", "a server owner's, who is not erased"),
            Map.entry("service_account.name", "a program's name"),
            Map.entry("service_account.scopes", "constants"),
            Map.entry("service_account.password_hash", "a hash"),
            Map.entry("header_match.action", "a constant"),
            Map.entry("domain.mail_host", "a domain's name"),
            Map.entry("domain.base_url", "a site's URL"),
            Map.entry("mailing_list.list_id", "the list's name"),
            Map.entry("mailing_list.header_list_id", "the list's name"),
            Map.entry("mailing_list.moderator_password", "a hash"),
            Map.entry("mailing_list.regular_include_lists", "addresses of lists"),
            Map.entry("mailing_list.regular_exclude_lists", "addresses of lists"),
            Map.entry("mailing_list.filter_types", "MIME types"),
            Map.entry("mailing_list.pass_types", "MIME types"),
            Map.entry("mailing_list.filter_extensions", "file name extensions"),
            Map.entry("mailing_list.pass_extensions", "file name extensions"),
            Map.entry("mailing_list.linked_newsgroup", "a newsgroup's name"));
}
