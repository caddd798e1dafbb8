-- The head moves with the records that go before it, in one statement.
drop function audit.advance(bigint, bigint, bytea);
