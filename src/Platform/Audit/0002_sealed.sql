-- The private key is sealed under the master key from outside the database. A byte before it says how it is kept:
-- 0 as it is (until the next start seals it), 1 sealed.
update audit.key set private = '\x00'::bytea || private;
