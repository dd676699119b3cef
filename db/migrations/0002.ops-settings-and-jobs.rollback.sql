drop table ops.job_run;
drop table ops.job;
drop table ops.setting;
