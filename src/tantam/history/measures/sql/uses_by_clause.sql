-- How often each clause was used.  Rows: clause, n.
SELECT clause, COUNT(*) AS n
FROM event
WHERE list_contains($uses, code) AND clause <> '' AND instant >= $since AND instant < $until
  AND ($source = '' OR source = $source)
GROUP BY clause
