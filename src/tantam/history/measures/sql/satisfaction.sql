-- Cases that their customers rated, each when it was first rated, and whether they were pleased when they said so last;
-- unknown where a log tells that somebody rated and not how.
SELECT source, case_id, MIN(instant) AS instant,
       CAST(ARG_MAX(outcome, (instant, id)) = 'pleased' AS INTEGER) AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM event
WHERE code = 'rated'
GROUP BY source, case_id
HAVING MIN(instant) >= $first AND MIN(instant) < $last
