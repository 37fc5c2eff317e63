-- Enquiries before the sale that ended, and whether they were won; of one that was taken up again the last word counts.
SELECT source, case_id, instant, CAST(code = 'won' AS INTEGER) AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM event
WHERE code IN ('won', 'lost')
QUALIFY ROW_NUMBER() OVER (PARTITION BY case_id ORDER BY instant DESC, id DESC) = 1
    AND instant >= $first AND instant < $last
