-- The log of everything that was done and seen. Records are never changed and never deleted.
create schema if not exists audit;

create table audit.record (
    index bigint primary key,
    at timestamptz not null,
    kind text not null,
    who_id text not null,
    resource text,
    subjects text[],
    leaf bytea not null,
    body bytea not null
);
-- Bodies are short JSON: compressing them costs the writer more than the disk saves.
alter table audit.record alter column body set storage external;
comment on table audit.record is 'index: place in the Merkle tree; body: canonical JSON (docs/audit-log.md); leaf: SHA-256(0x00 || body); the other columns repeat the body for searching';

-- Roots of complete subtrees of 256, 65,536, ... records. The rest of the tree is computed when it is asked for.
create table audit.node (
    level int not null,
    index bigint not null,
    hash bytea not null,
    primary key (level, index)
);

-- One row: how far the log reaches, and the roots of its complete subtrees, from which it goes on.
create table audit.head (
    one boolean primary key default true check (one),
    size bigint not null,
    range bytea not null
) with (fillfactor = 10);
insert into audit.head (size, range) values (0, '');

-- The head moves only from where the writer believes it to be: of two writers, one is told to look again.
create function audit.advance(old_size bigint, new_size bigint, new_range bytea) returns void language plpgsql as $$
begin
    update audit.head set size = new_size, range = new_range where size = old_size;
    if not found then
        raise exception 'the log has moved on from %', old_size using errcode = 'SHA01';
    end if;
end $$;

create table audit.checkpoint (
    size bigint primary key,
    at timestamptz not null,
    note text not null
);
-- How long the log was when: searches by period begin here.
create index checkpoint_at on audit.checkpoint (at, size);

create table audit.key (
    one boolean primary key default true check (one),
    name text not null,
    private bytea not null,
    public bytea not null,
    at timestamptz not null
);

-- Where each person, account, resource and kind is spoken of. Written shortly after the records by the indexer, so
-- that nobody waits for it; what is not indexed yet is found by reading the last records.
create table audit.mention (
    facet "char" not null,
    value text not null,
    index bigint not null,
    primary key (facet, value, index)
);
comment on column audit.mention.facet is 's: subject, w: who, r: resource, k: kind';
create table audit.indexed (one boolean primary key default true check (one), upto bigint not null);
insert into audit.indexed (upto) values (0);
