DROP TABLE sign_in_requests;
DROP TABLE identities;
