-- Files that stand in fields of records, by the hash of their content: the same file is kept once.
create table registry.file (
    sha256 text collate "C" primary key,
    name text not null,
    type text not null,
    bytes bytea not null,
    who_id text not null,
    at timestamptz not null
);
alter table registry.file alter column bytes set storage external;
