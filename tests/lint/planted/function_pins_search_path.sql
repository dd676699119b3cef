-- finds: ops.today(), does not pin search_path
-- finds: fx.quarter_start(date), is listed as an exception and is pinned
-- finds: fx._parse_date, is listed as an exception and does not exist
-- finds: fx._parse_rate(text), is listed as an exception and could not be inlined anyway
-- finds: ops.setting_value(text), does not pin search_path
alter function ops.today() reset search_path;
alter function fx.quarter_start(date) set search_path = '';
alter function fx._parse_date(text) rename to planted;
alter function fx.planted(text) set search_path = '';
alter function fx._parse_rate(text) security definer;
alter function ops.setting_value(text) set search_path = public;
