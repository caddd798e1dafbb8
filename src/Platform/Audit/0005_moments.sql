-- A record's moment is not always near its place: what a demo city did in the past is placed when it is made, and an entry that waited
-- for the database comes late. By stretches of the table this index says between which moments their records lie, so that a search by
-- period finds those that its checkpoints would pass over. It is a few pages, whatever the length of the log.
create index record_moment on audit.record using brin (index, at) with (autosummarize = on);
