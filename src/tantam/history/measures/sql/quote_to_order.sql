-- Quotes that were answered or ran out, each one, and whether they were accepted.
SELECT source, case_id, instant, CAST(code = 'quote_accepted' AS INTEGER) AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM event
WHERE code IN ('quote_accepted', 'quote_declined', 'quote_expired') AND instant >= $first AND instant < $last
