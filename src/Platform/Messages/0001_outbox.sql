-- Messages to people, written in the transaction of the act that they tell of. A message in the inbox is there at
-- once; the others are sent by the worker until they are delivered or given up, and each try is kept.
create schema if not exists casework;

create table casework.outbox (
    id text collate "C" primary key,
    at timestamptz not null,
    event text not null,
    case_no text,
    owner text,
    receiver text not null,
    channel text not null,
    address text not null,
    subject text not null,
    body text not null,
    link text not null,
    state text not null check (state in ('waiting', 'sent', 'failed')),
    tries int not null default 0,
    next_try timestamptz,
    sent_at timestamptz,
    read_at timestamptz
);
create index outbox_waiting on casework.outbox (next_try) where state = 'waiting';
create index outbox_inbox on casework.outbox (owner, id) where channel = 'inbox';
create index outbox_case on casework.outbox (case_no, id) where case_no is not null;

create table casework.delivery (
    message text collate "C" not null,
    try int not null,
    at timestamptz not null,
    ok boolean not null,
    answer text not null,
    primary key (message, try)
);
