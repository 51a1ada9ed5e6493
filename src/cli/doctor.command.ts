import { IntegrityService } from '../operational/integrity/integrity.service.js';
import { report, withServices } from './context.js';

/** Checks every invariant and names the first rows that break one; exit code 1 when any is broken. */
export async function doctor(options: { json?: boolean }): Promise<void> {
  const reports = await withServices((services) => services.get(IntegrityService).check());
  const broken = reports.filter((invariant) => invariant.broken.length > 0);
  report(options.json === true, { ok: broken.length === 0, invariants: reports }, [
    ...reports.map((invariant) =>
      invariant.broken.length === 0
        ? `ok      ${invariant.code}`
        : `BROKEN  ${invariant.code}: ${invariant.rule}\n        ${invariant.broken.join('\n        ')}`,
    ),
    broken.length === 0
      ? `All ${reports.length} invariants hold.`
      : `${broken.length} of ${reports.length} invariants are broken. Nothing was changed.`,
  ]);
  if (broken.length > 0) process.exitCode = 1;
}
