-- How often each clause was used.  Rows: clause, n.  Asks for the three codes that are a use.
SELECT event.clause, COUNT(*) AS n
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code IN (%s, %s, %s) AND event.clause <> ''
GROUP BY event.clause
