-- finds: planted, is none of the ten rooms
-- finds: deal, has no comment
create schema planted;
comment on schema planted is 'Something.';
create schema deal;
