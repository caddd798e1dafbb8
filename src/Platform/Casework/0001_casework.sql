-- What the registry's own tables (case, event, clock, material, link, comment, card) lack: kinds of cases, what is open
-- to do, drafts, search, saved filters, and the outbox.
create schema if not exists casework;

-- Every version of every case type; a case keeps its own.
create table casework.case_type (
    code text collate "C" not null,
    version int not null,
    body jsonb not null,
    who_id text not null,
    who_name text not null,
    at timestamptz not null,
    primary key (code, version)
);
create sequence casework.generation;

-- Numbers of cases; each node takes a hundred at a time.
create sequence casework.number increment by 100;

-- The key from which tracking codes are worked out. Made at the first start.
create table casework.secret (
    single boolean primary key default true check (single),
    key bytea not null
);

-- One row for each thing that somebody has to do or waits for: gone when it is done. A work list among ten million
-- closed cases reads only these. Seats: main, or consult-1, consult-2 ... for offices that were asked.
create table casework.work (
    case_no text collate "C" not null,
    seat text collate "C" not null,
    type text collate "C" not null,
    stage text collate "C" not null,
    kind text collate "C" not null check (kind in ('handle', 'consult', 'wait')),
    title text not null,
    applicant text not null,
    office text collate "C" not null,
    permission text collate "C" not null,
    role text collate "C",
    person text collate "C",
    person_name text,
    delegate text collate "C",
    delegate_name text,
    delegate_until timestamptz,
    asked text,
    asked_by text collate "C",
    since timestamptz not null,
    due timestamptz not null,
    priority int not null default 0,
    primary key (case_no, seat)
);
create index work_person on casework.work (person, due, case_no, seat) where person is not null;
create index work_delegate on casework.work (delegate, due, case_no, seat) where delegate is not null;
create index work_office on casework.work (office, due, case_no, seat);
create index work_asked_by on casework.work (asked_by, due, case_no, seat) where asked_by is not null;

-- What somebody has begun to fill in: nobody's business but his own, so no journal.
create table casework.draft (
    id text collate "C" primary key,
    type text collate "C" not null,
    type_version int not null,
    owner text not null,
    acting text not null,
    office text not null,
    answers jsonb not null,
    materials jsonb not null,
    begun_at timestamptz not null,
    saved_at timestamptz not null,
    case_no text
);
create index draft_owner on casework.draft (owner, saved_at) where case_no is null;

create table casework.filter (
    id text collate "C" primary key,
    account text not null,
    name text not null,
    query text not null,
    made_at timestamptz not null,
    unique (account, name)
);

-- Chinese is searched by pairs of characters: 食品经营 is 食品, 品经, 经营. Marks beside the words narrow a search
-- before it is ranked: the office, the year, whether it is open.
create table casework.search (
    case_no text collate "C" primary key,
    words tsvector not null
);
create index search_words on casework.search using gin (words);
alter table casework.work set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
