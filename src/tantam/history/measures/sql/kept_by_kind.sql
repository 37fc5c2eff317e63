-- How promises of each kind ended.  Rows: kind, n, kept.
SELECT kind, COUNT(*) AS n, COUNT(*) FILTER (WHERE code = 'kept') AS kept
FROM promise_end
WHERE instant >= $since AND instant < $until
  AND ($source = '' OR source = $source)
GROUP BY kind
