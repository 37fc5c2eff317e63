-- How promises of each kind ended.  Rows: kind, n, kept.
SELECT event.args ->> 'kind' AS kind, COUNT(*) AS n, SUM(CASE WHEN event.code = 'kept' THEN 1 ELSE 0 END) AS kept
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code IN ('kept', 'broken')
GROUP BY event.args ->> 'kind'
