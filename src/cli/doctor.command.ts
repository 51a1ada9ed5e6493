import { FactorCheckJobService } from '../operational/auth/factor-check-job.service.js';
import { IntegrityService } from '../operational/integrity/integrity.service.js';
import { VerifyService } from '../operational/audit-seals/verify.service.js';
import { readConfig } from '../platform/config/config.js';
import { verifyLines } from './audit.command.js';
import { withServices } from './context.js';
import { report } from './report.js';

/** Checks every invariant and names the first rows that break one; exit code 1 when any is broken. */
export async function doctor(options: { json?: boolean }): Promise<void> {
  const isSealed = readConfig().audit !== undefined;
  const [reports, audit, withoutFactor] = await withServices(
    async (services) =>
      [
        await services.get(IntegrityService).check(),
        isSealed ? await services.get(VerifyService).verifyAll() : null,
        await services.get(FactorCheckJobService).overdue(),
      ] as const,
  );
  const broken = reports.filter((invariant) => invariant.broken.length > 0);
  report(
    options.json === true,
    {
      ok: broken.length === 0 && audit?.ok !== false,
      invariants: reports,
      audit,
      withoutSecondFactor: withoutFactor,
    },
    [
      ...reports.map((invariant) =>
        invariant.broken.length === 0
          ? `ok      ${invariant.code}`
          : `BROKEN  ${invariant.code}: ${invariant.rule}\n        ${invariant.broken.join('\n        ')}`,
      ),
      broken.length === 0
        ? `All ${reports.length} invariants hold.`
        : `${broken.length} of ${reports.length} invariants are broken. Nothing was changed.`,
      withoutFactor.length === 0
        ? 'access  Nobody is without a second factor whose time for it is over.'
        : `access  ${withoutFactor.length} accounts should have a second factor by now and have none: ${withoutFactor.join(', ')}`,
      ...(audit
        ? verifyLines(audit).map((line) => `audit   ${line}`)
        : ['audit   The audit trail is not sealed here: MEDITORY_AUDIT_KEY_FILE is not set.']),
    ],
  );
  if (broken.length > 0 || audit?.ok === false) process.exitCode = 1;
}
