drop schema bi;
