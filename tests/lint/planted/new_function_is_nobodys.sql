-- finds: default privileges of qb_owner
-- finds: default privileges of qb_owner in fx
alter default privileges for role qb_owner grant execute on functions to public;
alter default privileges for role qb_owner in schema fx grant select on tables to qb_viewer;
