-- The exchange with front nodes: what is secret, what changes with every message, and the receipts. Who a node is stands in the
-- resource exchange/node; how far a node's stream has got stands in the schema of each resource (node_point), because it moves in
-- the same transaction as the rows.
create schema if not exists exchange;

-- One-time codes by which a node gets its certificate. Only their hash is kept.
create table exchange.invitation (
    code_hash bytea primary key,
    node text collate "C" not null,
    created_at timestamptz not null,
    ends_at timestamptz not null,
    used_at timestamptz
);

-- The centre's own keys, one for each suite, sealed by the key ring of the platform.
create table exchange.signing_key (
    suite text collate "C" not null,
    serial text collate "C" primary key,
    certificate bytea not null,
    sealed bytea not null,
    not_after timestamptz not null,
    at timestamptz not null
);

-- Numbers of messages within the window of time: a number that comes again is a message sent again.
create table exchange.message (
    node text collate "C" not null,
    number bigint not null,
    at timestamptz not null,
    primary key (node, number)
);

create index message_at on exchange.message (at);

-- What a node said of itself last.
create table exchange.health (
    node text collate "C" primary key,
    at timestamptz not null,
    report jsonb not null
);

create table exchange.receipt (
    number text collate "C" primary key,
    node text collate "C" not null,
    flow text collate "C" not null,
    stream text collate "C" not null,
    batch bigint not null,
    kind text not null,
    resource text collate "C" not null,
    at timestamptz not null,
    rows bigint not null,
    refused bigint not null,
    body bytea not null,
    seal jsonb not null,
    log_index bigint not null,
    unique (node, flow, stream, batch, kind)
);

create index receipt_at on exchange.receipt (node, at desc);
create index receipt_resource on exchange.receipt (resource, at desc);

-- Both sides of a flow compared: how many rows and which digest each had, and what was found to differ.
create table exchange.reconciliation (
    run text collate "C" primary key,
    node text collate "C" not null,
    flow text collate "C" not null,
    kind text not null,
    resource text collate "C" not null,
    at timestamptz not null,
    node_rows bigint not null,
    centre_rows bigint not null,
    node_digest bytea not null,
    centre_digest bytea not null,
    missing bigint not null default 0,
    different bigint not null default 0,
    extra bigint not null default 0
);

create index reconciliation_at on exchange.reconciliation (node, at desc);
