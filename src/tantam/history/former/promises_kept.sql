-- Promises that ended, and how many of them were kept.  Rows: number, n, kept.
SELECT stretch.number, COUNT(*) AS n, SUM(CASE WHEN event.code = 'kept' THEN 1 ELSE 0 END) AS kept
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code IN ('kept', 'broken')
GROUP BY stretch.number
