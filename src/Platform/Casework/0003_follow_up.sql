-- What a step leaves to be done outside of its own transaction: papers under seal, bills, records of other schemas. The
-- row is written with the step and gone when it is done, so nothing is forgotten and nothing is done for what did not happen.
create table casework.follow_up (
    id text collate "C" primary key,
    kind text collate "C" not null,
    case_no text collate "C" not null,
    event int not null,
    body text not null,
    at timestamptz not null,
    tries int not null default 0,
    next_try timestamptz not null,
    note text,
    unique (case_no, event, kind)
);
create index follow_up_due on casework.follow_up (next_try);

-- Numbers of documents without gaps: drawn in the transaction of the step, so a step that is undone gives its number back.
create table casework.document_series (
    office text collate "C" not null,
    series text collate "C" not null,
    year int not null,
    last bigint not null,
    primary key (office, series, year)
);
