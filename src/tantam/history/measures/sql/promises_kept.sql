-- Promises that ended, kept or broken; one withdrawn with the customer told is neither. A delivery's day is one.
SELECT source, case_id, instant, CAST(code = 'kept' AS INTEGER) AS value, NULL AS since, clause, policy, version,
       reference, customer
FROM promise_end
WHERE instant >= $first AND instant < $last AND ($promise = '' OR kind = $promise)
