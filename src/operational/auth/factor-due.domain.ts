import type { Permission } from '../../platform/security/permissions.js';

/**
 * Permissions for which a registered till is not enough: they give rights, set prices or rules, give money back, go on in spite of a warning,
 * or take data out. Who holds one has a second factor of his own (ADR 52).
 */
export const GRAVE_PERMISSIONS: readonly Permission[] = [
  'ManageUsers',
  'ManageRoles',
  'ManageBranches',
  'ManageBackups',
  'ManageDrugCatalog',
  'ManagePricing',
  'ManageClinicalRules',
  'ManageAccounts',
  'Refund',
  'OverrideClinicalAlert',
  'OverridePurchaseLimit',
  'ExportPatient',
];

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
 * stands for it.
 */
export function factorDaysLeft(standing: FactorStanding, graceDays: number): number | undefined {
  if (!standing.lacksFactor) return undefined;
  const holdsGrave = GRAVE_PERMISSIONS.some((permission) => standing.permissions.includes(permission));
  if (standing.isAtTill && !holdsGrave) return undefined;
  return Math.max(0, Math.ceil(graceDays - standing.askedForSeconds / DAY_SECONDS));
}
