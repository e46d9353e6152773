-- The day (UTC) of the last daily reminder to the list's moderators; null: there was none. Who sets it sends it.
alter table mailing_list add column moderators_reminded_on date;
