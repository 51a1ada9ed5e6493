const DAY_SECONDS = 24 * 3600;

/** How somebody stands with the second factor that a role of his asks for. */
export interface FactorStanding {
  /** A role asks for one, and he has none. */
  readonly lacksFactor: boolean;
  /** Seconds since he was first asked. */
  readonly askedForSeconds: number;
  /** He signed in at a registered till of a branch he works at. */
  readonly isAtTill: boolean;
  readonly permissions: readonly string[];
}

/**
 * Whole days, rounded up, in which he may still work without: 0 where the second factor is due; undefined where nothing is missing, or the till
 * stands for it. `grave`: permissions for which a till is not enough.
 */
export function factorDaysLeft(
  standing: FactorStanding,
  graceDays: number,
  grave: readonly string[],
): number | undefined {
  if (!standing.lacksFactor) return undefined;
  const holdsGrave = grave.some((permission) => standing.permissions.includes(permission));
  if (standing.isAtTill && !holdsGrave) return undefined;
  return Math.max(0, Math.ceil(graceDays - standing.askedForSeconds / DAY_SECONDS));
}
