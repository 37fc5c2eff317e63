-- Ends of promises, newest first.  Rows: source, event, case, reference, customer, instant, code, kind, clause, minutes.
-- minutes: how long a kept one took; how late a broken one was done, NULL while it is not.
WITH chosen AS (
    SELECT source, id, case_id, instant, code, kind, clause, promise, minutes, reference, customer
    FROM (FROM promise_end UNION ALL BY NAME
          SELECT source, id, case_id, instant, code, kind, clause, promise, minutes
          FROM event WHERE code NOT IN ('kept', 'broken'))
    WHERE list_contains($codes, code) AND ($kind = '' OR kind = $kind) AND ($clause = '' OR clause = $clause)
      AND ($source = '' OR source = $source)
      AND instant >= $since AND instant < $until
      AND ($stage = '' OR case_id IN (SELECT case_id FROM event WHERE code = 'opened' AND stage = $stage))
      AND ($group = '' OR case_id IN (SELECT case_id FROM event WHERE code = 'opened' AND list_contains(groups, $group)))
    ORDER BY instant DESC, id DESC
    LIMIT $most
), later AS (
    SELECT event.case_id, event.promise, MAX(event.minutes_late) AS minutes_late
    FROM event SEMI JOIN chosen ON event.case_id = chosen.case_id AND event.promise = chosen.promise
    WHERE event.code = 'fulfilled'
    GROUP BY event.case_id, event.promise
), opening AS (
    SELECT case_id, ANY_VALUE(reference) AS reference, ANY_VALUE(customer) AS customer
    FROM event SEMI JOIN chosen USING (case_id) WHERE code = 'opened' GROUP BY case_id
)
SELECT chosen.source, chosen.id, chosen.case_id, COALESCE(opening.reference, chosen.reference, ''),
       COALESCE(opening.customer, chosen.customer, ''),
       chosen.instant, chosen.code, COALESCE(chosen.kind, ''), COALESCE(chosen.clause, ''),
       CASE WHEN chosen.code = 'kept' THEN chosen.minutes ELSE later.minutes_late END
FROM chosen
LEFT JOIN later ON later.case_id = chosen.case_id AND later.promise = chosen.promise
LEFT JOIN opening ON opening.case_id = chosen.case_id
ORDER BY chosen.instant DESC, chosen.id DESC
