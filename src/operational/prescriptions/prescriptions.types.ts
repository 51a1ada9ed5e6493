import type {
  AlertKind,
  AlertSubject,
  NotChecked,
  Severity,
} from '../../reference/clinical/clinical.types.js';
import type { FillStatus } from './fill-status.domain.js';

export { OVERRIDE_REASONS } from './override.domain.js';

/** What a sale must know of a fill. Quantity in base units and price of the whole fill as decimal strings. */
export interface FillForSale {
  readonly fillId: number;
  readonly branchId: number;
  readonly prescriptionId: number;
  readonly patientId: number;
  readonly drugId: number;
  readonly quantity: string;
  readonly price: string;
  readonly status: FillStatus;
  /** Name as it goes on the receipt. */
  readonly description: string;
}

/** An alert kept with a prescription, which an override can name. */
export interface AlertShown {
  readonly alertId: number;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly subjects: readonly AlertSubject[];
  readonly message: string;
  readonly management: string;
  readonly source: string;
  readonly ruleCode: string | null;
  readonly ruleId: number | null;
  readonly ruleVersion: number | null;
  readonly stops: boolean;
}

/** An alert as stored: with the key by which the same finding is recognised. */
export interface StoredAlert extends AlertShown {
  readonly fingerprint: string;
}

/** An alert as it is shown: the key stays inside. */
export const toShown = ({ fingerprint: _, ...alert }: StoredAlert): AlertShown => alert;

/** A screening whose alerts are stored and so have identities; gravest first. */
export interface RecordedScreening {
  readonly alerts: readonly StoredAlert[];
  readonly notChecked: readonly NotChecked[];
}
