drop table fx.derivation_lock;
drop table fx.quarter_rate;
drop table fx.quarantine;
drop table fx.rate;
drop table fx.source;
drop table fx.currency;
drop schema fx;
