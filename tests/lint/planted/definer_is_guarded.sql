-- finds: ops.readiness()
-- finds: security.find_login(text)
-- finds: fx.record_rates(text,jsonb,boolean,text)
alter function ops.readiness() reset search_path;
grant execute on function security.find_login(text) to public;
reset role;
alter function fx.record_rates(text, jsonb, boolean, text) owner to postgres;
