DROP TABLE decline_reasons;
DROP TABLE comments;
DROP TABLE schedules;
