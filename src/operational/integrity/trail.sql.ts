/**
 * What was written before this moment may have left the audit trail with its month (docs/audit.md), so that no row of the trail is asked
 * for: all rows of a removal are older than it kept, and were sealed.
 */
export const TRAIL_BEGINS = `select coalesce(max(least(s.sealed_at, r.removed_at - make_interval(years => r.keep_years))), '-infinity')
  from operational.audit_removals r join operational.audit_seals s on s.seal_no = r.last_seal`;
