-- Ends of promises, newest first.  Rows: event, case, at, code, kind, clause, minutes.
-- Asks for three codes, a kind twice, a clause twice, and how many at most.
SELECT event.id, event.case_id, event.at, event.code, event.args ->> 'kind' AS kind, event.clause,
       CAST(CASE WHEN event.code = 'kept' THEN event.args ->> 'minutes' ELSE event.args ->> 'minutes_late' END AS REAL) AS minutes
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code IN (%s, %s, %s) AND (%s = '' OR event.args ->> 'kind' = %s) AND (%s = '' OR event.clause = %s)
ORDER BY event.at DESC, event.id DESC
LIMIT %s
