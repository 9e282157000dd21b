-- Is the archive complete?
-- What the wiki said it has against what is here, per kind and namespace. Only lines with is_binding = 1 make an archive short.
SELECT c.kind AS kind, n.name AS namespace, c.expected AS expected, c.held AS held, c.hidden AS hidden,
    c.expected - c.held - c.hidden AS missing, c.is_binding AS is_binding, c.origin AS origin
FROM coverage c LEFT JOIN namespaces n USING (namespace_id)
ORDER BY c.is_binding DESC, missing DESC, c.kind, c.namespace_id
