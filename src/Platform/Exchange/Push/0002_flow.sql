-- How much went out by each grant and way on each day, and up to which place of the feed. Counted on the nodes and written every few
-- seconds: figures for whoever watches, no evidence; that is the audit log.
create table push.flow (
    grant_no text collate "C" not null,
    day date not null,
    way text collate "C" not null,
    requests bigint not null,
    records bigint not null,
    position bigint not null default -1,
    last_at timestamptz not null,
    primary key (grant_no, day, way)
);
