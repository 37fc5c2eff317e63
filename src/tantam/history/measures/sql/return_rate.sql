-- Purchases handed over, and whether they came back so far; unknown where the plan says no outcome that brings them back.
WITH back AS (
    SELECT opening.source, opening.purchase, ARG_MIN(grant_.case_id, grant_.id) AS case_id,
           ARG_MIN(grant_.clause, grant_.id) AS clause, ARG_MIN(grant_.policy, grant_.id) AS policy
    FROM event AS grant_ JOIN event AS opening ON opening.case_id = grant_.case_id
    WHERE grant_.code IN ('granted', 'chosen') AND opening.code = 'opened' AND opening.purchase IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM event AS later
                      WHERE later.code = 'chosen' AND later.source = grant_.source AND later.claim = grant_.claim
                        AND later.id > grant_.id)
      AND (list_contains(CAST($outcomes AS VARCHAR[]), grant_.outcome)
           OR list_contains(CAST($outcomes AS VARCHAR[]), grant_.policy || '.' || grant_.outcome))
    GROUP BY opening.source, opening.purchase
)
SELECT purchase.source, back.case_id, purchase.instant,
       CASE WHEN len(CAST($outcomes AS VARCHAR[])) > 0 THEN CAST(back.case_id IS NOT NULL AS INTEGER) END AS value,
       NULL AS since, back.clause, back.policy, NULL AS version
FROM purchase LEFT JOIN back ON back.source = purchase.source AND back.purchase = purchase.purchase
WHERE purchase.instant >= $first AND purchase.instant < $last
