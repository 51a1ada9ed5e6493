import type { JudgedBasis } from '../../reference/clinical/clinical.service.js';
import type {
  AlertKind,
  AlertSubject,
  DueRefill,
  NotChecked,
  ScreenedMedicine,
  Screening,
  ScreeningFacts,
  Severity,
} from '../../reference/clinical/clinical.types.js';
import type { IdentifiedAlert } from './judged-content.domain.js';
import type { Override } from './override.types.js';

/** An alert kept with a patient, which an override can name. */
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
  /** When the finding was first made, as an instant. */
  readonly raisedAt: string;
}

/** An alert as stored: with the key by which the same finding is recognised. */
export interface StoredAlert extends AlertShown {
  readonly identity: string;
}

/** An alert as it is shown: the key stays inside. */
export const toShown = ({ identity: _, ...alert }: StoredAlert): AlertShown => alert;

/** A screening whose alerts are stored and so have identities; gravest first. */
export interface RecordedScreening {
  readonly alerts: readonly StoredAlert[];
  readonly notChecked: readonly NotChecked[];
}

/** Whom and what a screening is about; without a prescription it is a sale over the counter. */
export interface ScreenedSubject {
  readonly patientId: number;
  readonly prescriptionId: number | null;
  readonly proposed: readonly ScreenedMedicine[];
  /** Of a fill that is asked for, where a supply was given before. */
  readonly refill?: DueRefill;
}

/** A verdict with everything it rests on. */
export interface Judged {
  readonly subject: ScreenedSubject;
  readonly facts: ScreeningFacts;
  readonly knowledge: JudgedBasis['knowledge'];
  readonly verdict: Omit<Screening, 'alerts'> & { readonly alerts: readonly IdentifiedAlert[] };
}

/** A command that screening stopped, after what was found has been kept. */
export interface StoppedCommand {
  readonly judged: Judged;
  /** The alerts no override has answered. */
  readonly unresolved: readonly StoredAlert[];
  readonly params: Readonly<Record<string, unknown>>;
}

/** An earlier decision about the same finding and dose. */
export interface RememberedOverride {
  readonly overrideId: number;
  readonly alertId: number;
  readonly reason: Override['reason'];
  readonly note: string;
  readonly overriddenBy: string | null;
  readonly overriddenAt: string;
}

/** What stands, and what answers it: overrides given now, and earlier ones remembered. */
export interface ClearedScreening extends RecordedScreening {
  readonly judged: Judged;
  readonly overrides: readonly Override[];
  readonly remembered: readonly RememberedOverride[];
}

/** What a screening lets happen, or was shown for. */
export type ScreeningTarget =
  | {
      readonly purpose: 'fill' | 'verify' | 'dispense';
      readonly prescriptionId: number;
      readonly fillId: number;
      readonly drugId: number;
    }
  | { readonly purpose: 'entry'; readonly prescriptionId: number; readonly drugId: number }
  | { readonly purpose: 'sale'; readonly saleId: number };
