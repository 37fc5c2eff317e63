-- Cases opened, and whether their topic is a complaint; unknown without a topic, or where the plan names none.
SELECT source, case_id, instant,
       CASE WHEN NULLIF(topic, '') IS NOT NULL AND len(CAST($topics AS VARCHAR[])) > 0
            THEN CAST(list_contains(CAST($topics AS VARCHAR[]), topic) AS INTEGER) END AS value,
       NULL AS since, clause, NULL AS policy, version
FROM event
WHERE code = 'opened' AND instant >= $first AND instant < $last
