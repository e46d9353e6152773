-- What waits for its time lies in backoff, up to a million entries, and each node asks every second what is due of it:
-- without an index by time that reads all of them. H2 knows no index of a part of a table; there one node asks.
${where_partial_indexes}create index queue_entry_backoff on queue_entry (due) where queue = 'BACKOFF';
