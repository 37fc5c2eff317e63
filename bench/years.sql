-- Two years of a desk that thousands write to, made up: about seven events a case, from hashes of the case's number.
-- Asks for $cases, how many.
WITH dice AS (
    SELECT n, TIMESTAMP '2024-11-01' + to_seconds(CAST(hash(n, 'opened') % 63072000 AS BIGINT)) AS opened,
           CAST(hash(n, 'reply') % 1000 AS BIGINT) AS reply, CAST(hash(n, 'settle') % 1000 AS BIGINT) AS settle, CAST(hash(n, 'luck') % 1000 AS BIGINT) AS luck,
           CAST(hash(n, 'who') % 400000 AS BIGINT) AS customer, CAST(hash(n, 'agent') % 120 AS BIGINT) AS agent, CAST(hash(n, 'kind') % 100 AS BIGINT) AS kind
    FROM range(1, $cases + 1) AS numbers (n)
), planned AS (
    SELECT n, opened, luck, customer, agent, kind,
           opened + to_minutes(CAST(2 + reply * reply / 900 AS BIGINT)) AS replied,
           opened + to_minutes(CAST(30 + reply + settle * settle / 90 AS BIGINT)) AS resolved
    FROM dice
), happened AS (
    SELECT n, opened AS instant, 'opened' AS code, 0 AS step FROM planned
    UNION ALL SELECT n, opened, 'promised', 1 FROM planned
    UNION ALL SELECT n, replied, 'taken', 2 FROM planned
    UNION ALL SELECT n, replied, 'replied', 3 FROM planned
    UNION ALL SELECT n, replied, CASE WHEN luck % 20 = 0 THEN 'broken' ELSE 'kept' END, 4 FROM planned
    UNION ALL SELECT n, replied + (resolved - replied) / 4, 'asked', 5 FROM planned WHERE luck % 5 = 0
    UNION ALL SELECT n, replied + (resolved - replied) / 2, 'received', 6 FROM planned WHERE luck % 5 = 0
    UNION ALL SELECT n, replied + (resolved - replied) / 2, 'handed_over', 7 FROM planned WHERE luck % 4 = 1
    UNION ALL SELECT n, replied + (resolved - replied) / 2, 'escalated', 8 FROM planned WHERE luck % 11 = 3
    UNION ALL SELECT n, resolved, 'resolved', 9 FROM planned WHERE luck % 50 <> 7
    UNION ALL SELECT n, resolved, 'kept', 10 FROM planned WHERE luck % 50 <> 7
    UNION ALL SELECT n, resolved + INTERVAL 1 DAY, 'reopened', 11 FROM planned WHERE luck % 50 = 9
    UNION ALL SELECT n, resolved + INTERVAL 2 DAY, 'resolved', 12 FROM planned WHERE luck % 50 = 9
)
SELECT 'years' AS source, n * 16 + step AS id, n AS case_id, instant, code,
       CASE step WHEN 0 THEN 'customer' WHEN 1 THEN 'plan' ELSE 'person' END AS actor,
       CASE WHEN step > 1 THEN CAST(agent AS VARCHAR) END AS person, CAST(1 + kind % 3 AS INTEGER) AS version,
       CASE WHEN step IN (1, 4, 10) THEN 'promises#reply_' || kind % 7 ELSE '' END AS clause,
       CASE WHEN step = 0 THEN 'C' || n END AS reference, CASE WHEN step = 0 THEN CAST(customer AS VARCHAR) END AS customer,
       CASE WHEN step = 0 THEN ['phone', 'email', 'chat', 'web'][1 + kind % 4] END AS channel,
       CASE WHEN step = 0 THEN ['complaint', 'question', 'warranty', 'delivery', 'invoice'][1 + kind % 5] END AS topic,
       CASE WHEN step = 0 THEN ['before', 'during', 'after'][1 + kind % 3] END AS stage,
       CASE WHEN step = 0 THEN ['minor', 'normal', 'serious'][1 + kind % 3] END AS severity,
       CASE WHEN step = 0 THEN CASE WHEN customer % 9 = 0 THEN ['elderly', 'regular'] ELSE ['regular'] END END AS groups,
       CASE WHEN step IN (0, 2, 7) THEN 'agent' WHEN step = 8 THEN 'specialist' END AS level,
       CASE WHEN step IN (2, 7) THEN CAST((agent + step - 2) % 120 AS VARCHAR) END AS owner,
       CASE WHEN step IN (1, 4) THEN 'first_reply' WHEN step = 10 THEN 'resolution' END AS kind,
       CASE WHEN step IN (1, 4, 10) THEN n END AS promise
FROM happened JOIN planned USING (n)
