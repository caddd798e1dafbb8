-- Pushes to web hooks: where to, up to where, and what could not be delivered. The place in the feed moves only when the other side
-- has answered, so a killed process sends again what it does not know to be there, and loses nothing.
create schema if not exists push;

create table push.hook (
    grant_no text collate "C" primary key,
    resource text collate "C" not null,
    office text collate "C" not null,
    address text not null,
    -- Sealed under the master key.
    secret bytea not null,
    position bigint not null,
    ordinal int not null,
    state text collate "C" not null default 'active',
    made_by text not null,
    made_at timestamptz not null,
    tries int not null default 0,
    next_try timestamptz not null default '-infinity',
    held_until timestamptz not null default '-infinity',
    sent bigint not null default 0,
    last_sent timestamptz,
    last_error text,
    failed_at timestamptz
);
comment on column push.hook.state is 'active, paused (by the consumer or because the other side said that it is gone)';

-- What was not taken after all tries, whole, until its owner sends it again or gives it up.
create table push.letter (
    id text collate "C" primary key,
    grant_no text collate "C" not null,
    event text not null,
    body text not null,
    at timestamptz not null,
    due date not null,
    reason text not null,
    tries int not null default 0,
    state text collate "C" not null default 'dead',
    ended_by text,
    ended_at timestamptz,
    words text
);
create index letter_open on push.letter (grant_no, id) where state = 'dead';
