import type { Problem } from '../../api/problem';
import type { KeptAlert, NotChecked } from '../../api/types';

/** What a refused command was stopped by: the alerts nobody has answered, and what could not be judged. */
export interface ScreeningStop {
  readonly alerts: readonly KeptAlert[];
  readonly notChecked: readonly NotChecked[];
}

/** The stop behind a refusal; undefined for every other refusal. */
export function stopOf(problem: Problem): ScreeningStop | undefined {
  const { alerts, notChecked } = problem.params;
  if (problem.code !== 'screening-stop' || !Array.isArray(alerts)) return undefined;
  return {
    alerts: alerts as KeptAlert[],
    notChecked: Array.isArray(notChecked) ? (notChecked as NotChecked[]) : [],
  };
}

/** Both stops as one: a second refusal names only what is still open, and what was answered must be sent again. */
export function together(before: ScreeningStop | undefined, next: ScreeningStop): ScreeningStop {
  const known = new Set(next.alerts.map((alert) => alert.alertId));
  const answered = (before?.alerts ?? []).filter((alert) => !known.has(alert.alertId));
  return { alerts: [...answered, ...next.alerts], notChecked: next.notChecked };
}
