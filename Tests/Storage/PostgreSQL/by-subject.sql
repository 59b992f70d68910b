SELECT id
FROM session
WHERE subject = $1
ORDER BY id;
