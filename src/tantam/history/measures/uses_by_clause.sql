-- How often each clause placed a case, promised something or answered a claim.  Rows: clause, n.
SELECT event.clause, COUNT(*) AS n
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code IN ('opened', 'promised', 'answered') AND event.clause <> ''
GROUP BY event.clause
