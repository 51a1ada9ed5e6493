import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** Accounts whose second factor is due ($1: days of grace) and that no registered till of theirs ($2: grave permissions) stands in for. */
const OVERDUE = `
select /* factorDue.overdue */ u.username from operational.users u
where u.status = 'active' and not u.is_sample and u.mfa_asked_since < now() - make_interval(days => $1)
  and operational.needs_mfa(u.user_id) and not operational.has_mfa(u.user_id)
  and (exists (select from operational.user_roles ur join operational.role_permissions rp using (role_id) join operational.permissions p using (permission_id)
      where ur.user_id = u.user_id and p.name = any ($2::text[]))
    or not exists (select from operational.user_branches ub join operational.registered_tills t using (branch_id)
      where ub.user_id = u.user_id and t.revoked_at is null and t.last_used_at > now() - interval '180 days'))
order by u.username limit 1000`;

/** Who should have a second factor by now and has none. */
@Injectable()
export class FactorDueRepository {
  /** Names of the first thousand such accounts. */
  async overdue(tx: Tx, graceDays: number, grave: readonly string[]): Promise<string[]> {
    return (await tx.query<{ username: string }>(OVERDUE, [graceDays, grave])).map(
      ({ username }) => username,
    );
  }
}
