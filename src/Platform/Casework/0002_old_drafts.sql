-- Drafts that nobody came back to are forgotten: they are found by their age.
create index draft_age on casework.draft (saved_at);
