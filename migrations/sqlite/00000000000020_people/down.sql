DROP TABLE audit;
DROP TABLE login_steps;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
ALTER TABLE sessions DROP COLUMN device;
DROP TABLE password_resets;
DROP TABLE invitation_roles;
DROP TABLE invitations;
DROP TABLE mails;
