-- How promises ended in each of several stretches that do not overlap.  Rows: number, n, kept.
SELECT stretch.number, COUNT(*) AS n, COUNT(*) FILTER (WHERE event.code = 'kept') AS kept
FROM (SELECT UNNEST($numbers) AS number, UNNEST($sinces) AS since, UNNEST($untils) AS until) AS stretch
JOIN event ON event.instant >= stretch.since AND event.instant < stretch.until
WHERE event.code IN ('kept', 'broken') AND event.instant >= $first AND event.instant < $last
  AND ($source = '' OR event.source = $source)
GROUP BY stretch.number
