-- Accounts, resources and kinds are mentioned by the block of records; the index is written anew.
truncate audit.mention;
update audit.indexed set upto = 0;
comment on column audit.mention.index is 'of a subject (s): the record; of the others: the first record of the block of 64 that speaks of it';
