-- Contracts that came to their end, each time that one did, and whether it was renewed.
SELECT source, case_id, instant, CAST(code = 'renewed' AS INTEGER) AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM event
WHERE code IN ('renewed', 'lapsed') AND instant >= $first AND instant < $last
