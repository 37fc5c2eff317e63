-- Ends of promises, newest first.  Rows: event, case, at, code, kind, clause, minutes.
-- minutes: how long a kept one took; how late a broken one was done, NULL while it is not.
-- Asks for three codes, a kind twice, a clause twice, and how many at most.
, chosen AS (
    SELECT event.id, event.case_id, event.at, event.code, event.clause, event.args
    FROM stretch
    JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
    WHERE event.code IN (%s, %s, %s) AND (%s = '' OR event.args ->> 'kind' = %s) AND (%s = '' OR event.clause = %s)
    ORDER BY event.at DESC, event.id DESC
    LIMIT %s
)
SELECT chosen.id, chosen.case_id, chosen.at, chosen.code, chosen.args ->> 'kind' AS kind, chosen.clause,
       CAST(CASE WHEN chosen.code = 'kept' THEN chosen.args ->> 'minutes' ELSE (
           SELECT MAX(later.args ->> 'minutes_late') FROM case_event AS later
           WHERE later.case_id = chosen.case_id AND later.code = 'fulfilled'
             AND later.args ->> 'promise' = chosen.args ->> 'promise'
       ) END AS REAL) AS minutes
FROM chosen
ORDER BY chosen.at DESC, chosen.id DESC
