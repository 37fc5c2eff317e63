-- How the promises that each clause made ended.  Rows: clause, n, kept.
SELECT event.clause, COUNT(*) AS n, SUM(CASE WHEN event.code = 'kept' THEN 1 ELSE 0 END) AS kept
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code IN ('kept', 'broken') AND event.clause <> ''
GROUP BY event.clause
