-- How the promises that each clause made ended.  Rows: clause, n, kept.
SELECT clause, COUNT(*) AS n, COUNT(*) FILTER (WHERE code = 'kept') AS kept
FROM event
WHERE code IN ('kept', 'broken') AND clause <> '' AND instant >= $since AND instant < $until
  AND ($source = '' OR source = $source)
GROUP BY clause
