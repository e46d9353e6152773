-- Where the recipients' copies of a cooked message differ (their To, header and footer): places in its octets, as JSON. The
-- octets themselves are what all copies share and read well without it, so a release that knows nothing of it sends those.
alter table message add column copy_plan ${text};
