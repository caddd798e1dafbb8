-- What was measured of each resource, and the rows that break a rule: the work lists of the offices that produce them. Measured
-- in pieces by the key, so that a killed process goes on where its last piece ended.
create schema if not exists quality;

create table quality.run (
    resource text collate "C" primary key,
    run bigint not null default 0,
    -- The rules and the version of the definition; another signature begins anew.
    signature text not null default '',
    after_key text,
    rows bigint not null default 0,
    counts bigint[] not null default '{}',
    started_at timestamptz,
    finished_at timestamptz,
    wanted_at timestamptz,
    held_until timestamptz not null default '-infinity'
);

create table quality.measure (
    resource text collate "C" not null,
    run bigint not null,
    at timestamptz not null,
    seconds double precision not null,
    rows bigint not null,
    total double precision,
    dimensions jsonb not null,
    rules jsonb not null,
    primary key (resource, run)
);

create table quality.finding (
    resource text collate "C" not null,
    rule text collate "C" not null,
    key text collate "C" not null,
    value text,
    first_seen timestamptz not null,
    run bigint not null,
    primary key (resource, rule, key)
);

-- Weights of the six dimensions of GB/T 36344 in the total.
create table quality.weight (dimension text collate "C" primary key, weight double precision not null check (weight >= 0));
insert into quality.weight values ('conformity', 1), ('completeness', 1), ('accuracy', 1), ('consistency', 1), ('timeliness', 1), ('accessibility', 1);

-- An inflow that stopped or collapsed, until it flows again.
create table quality.alarm (
    resource text collate "C" primary key,
    kind text collate "C" not null,
    since timestamptz not null,
    usual bigint not null,
    now bigint not null
);
