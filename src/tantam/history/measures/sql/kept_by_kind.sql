-- How promises of each kind ended.  Rows: kind, n, kept.
SELECT kind, COUNT(*) AS n, COUNT(*) FILTER (WHERE code = 'kept') AS kept
FROM event
WHERE code IN ('kept', 'broken') AND instant >= $since AND instant < $until
GROUP BY kind
