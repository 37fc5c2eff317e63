-- Promises that ended, kept or broken; one withdrawn with the customer told is neither.
SELECT source, case_id, instant, CAST(code = 'kept' AS INTEGER) AS value, NULL AS since, clause, policy, version
FROM event
WHERE code IN ('kept', 'broken') AND instant >= $first AND instant < $last AND ($promise = '' OR kind = $promise)
