-- A record whose time is over loses its text and what repeats it; its leaf stays, so that the tree is proved as before.
-- removed: index of the record (kind audit.removal) that says so and seals which records it was.
alter table audit.record alter column body drop not null;
alter table audit.record add column removed bigint;
alter table audit.record add constraint record_whole check ((body is null) = (removed is not null)) not valid;
comment on table audit.record is 'index: place in the Merkle tree; body: canonical JSON (docs/audit-log.md), null once removed; leaf: SHA-256(0x00 || body); the other columns repeat the body for searching';
