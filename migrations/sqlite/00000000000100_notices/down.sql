DROP INDEX document_versions_sent;
DROP INDEX messages_said;
DROP INDEX comments_said;
DROP INDEX revisions_decided;
DROP TABLE notice_paces;
