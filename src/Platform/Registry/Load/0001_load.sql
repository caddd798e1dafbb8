-- Bulk loads: one row for each file that somebody brought. How far the rows have got into a resource stands in the
-- resource's own schema (load_point), because it must be written in the same transaction as they are.
create schema load;

create table load.job (
    id text collate "C" primary key,
    resource text collate "C" not null,
    file_name text not null,
    file text not null,
    bytes bigint not null,
    sha256 text not null,
    options jsonb not null,
    state text not null,
    note text,
    warnings jsonb not null default '[]',
    rejects jsonb not null default '[]',
    rows_read bigint not null default 0,
    rows_bad bigint not null default 0,
    rows_new bigint not null default 0,
    rows_changed bigint not null default 0,
    rows_unchanged bigint not null default 0,
    progress real not null default 0,
    who jsonb not null,
    who_id text collate "C" not null,
    office text collate "C" not null,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    cancel boolean not null default false,
    attempt int not null default 0,
    lease_until timestamptz,
    files_removed boolean not null default false
);

create index job_open on load.job (created_at) where state in ('waiting', 'checking', 'loading');
create index job_resource on load.job (resource, created_at desc);
create index job_ended on load.job (ended_at) where not files_removed;
