-- Problems
-- What was expected and did not come, or came damaged, and what to do.
SELECT severity, code, subject, detail, advice, stage, seen_at, page_id FROM problems ORDER BY severity DESC, code, problem_id LIMIT 1000
