-- How promises ended in each of several stretches that do not overlap.  Rows: number, n, kept.
SELECT stretch.number, COUNT(*) AS n, COUNT(*) FILTER (WHERE code = 'kept') AS kept
FROM (SELECT UNNEST($numbers) AS number, UNNEST($sinces) AS since, UNNEST($untils) AS until) AS stretch
JOIN promise_end ON promise_end.instant >= stretch.since AND promise_end.instant < stretch.until
WHERE promise_end.instant >= $first AND promise_end.instant < $last AND ($source = '' OR source = $source)
GROUP BY stretch.number
