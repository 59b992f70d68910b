SELECT id
FROM session
WHERE subject = :subject
ORDER BY id;
