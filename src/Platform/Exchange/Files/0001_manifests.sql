-- Manifests of files that went out whole: what was exported to whom, by which grant, and the digests of the file. No data stand in them.
create schema if not exists exchange;

create table exchange.manifest (
    number text collate "C" primary key,
    resource text collate "C" not null,
    office text collate "C" not null,
    grant_no text collate "C",
    at timestamptz not null,
    body bytea not null,
    seals jsonb not null,
    log_index bigint not null
);
create index manifest_grant on exchange.manifest (grant_no, at desc) where grant_no is not null;
