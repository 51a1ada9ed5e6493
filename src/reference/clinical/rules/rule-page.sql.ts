/**
 * Which versions of the rules of a table are shown, as a condition on its row `r`: $4 one by id, $5 of one severity, $6 'current',
 * 'ended' (closed, and none came after) or 'any', $7 one by code; null: all. `severity` is the condition on $5 where the table has
 * another than its own column. Rests on the unique key of code and version.
 */
export const shownVersions = (
  table: string,
  severity = 'r.severity = $5',
): string => `($4::int is null or r.id = $4)
    and ($5::text is null or ${severity})
    and ($7::text is null or r.code = $7)
    and case $6::text
      when 'current' then r.valid_to is null
      when 'ended' then r.valid_to is not null
        and not exists (select from reference.${table} n where n.code = r.code and n.version > r.version)
      else true end`;
