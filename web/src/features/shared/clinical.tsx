import { useTranslation } from 'react-i18next';
import type { AlertSeverity, FillStatus, PrescriptionStatus } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/status-badge';

/** Gravest first; the order alerts are listed in. */
export const SEVERITIES: readonly AlertSeverity[] = ['contraindicated', 'major', 'moderate', 'minor'];

const severityTone: Record<AlertSeverity, Tone> = {
  contraindicated: 'stop',
  major: 'stop',
  moderate: 'warn',
  minor: 'info',
};

/** How grave an alert is. */
export function SeverityBadge({ severity }: { severity: AlertSeverity }) {
  const { t } = useTranslation();
  return <StatusBadge tone={severityTone[severity]}>{t(`severity.${severity}`)}</StatusBadge>;
}

const prescriptionTone: Record<PrescriptionStatus | 'expired', Tone> = {
  draft: 'neutral',
  pending: 'warn',
  filled: 'info',
  completed: 'ok',
  on_hold: 'warn',
  cancelled: 'neutral',
  transferred: 'neutral',
  expired: 'stop',
};

/** Where a prescription stands; expired is judged by date. */
export function PrescriptionStatusBadge({
  prescription,
}: {
  prescription: { status: PrescriptionStatus; isExpired: boolean };
}) {
  const { t } = useTranslation();
  const status = prescription.isExpired ? 'expired' : prescription.status;
  return <StatusBadge tone={prescriptionTone[status]}>{t(`rxStatus.${status}`)}</StatusBadge>;
}

const fillTone: Record<FillStatus, Tone> = {
  in_progress: 'warn',
  verified: 'info',
  ready: 'info',
  dispensed: 'ok',
  returned_to_stock: 'neutral',
  reversed: 'neutral',
};

/** Where a fill stands. */
export function FillStatusBadge({ status }: { status: FillStatus }) {
  const { t } = useTranslation();
  return <StatusBadge tone={fillTone[status]}>{t(`fillStatus.${status}`)}</StatusBadge>;
}

const KINDS = [
  'interaction',
  'allergy',
  'duplicate_ingredient',
  'duplicate_therapy',
  'contraindication',
  'dose',
  'early_refill',
  'look_alike',
] as const;

/** True for a kind of finding that has words in every language. */
export function isKind(kind: string): kind is (typeof KINDS)[number] {
  return KINDS.some((one) => one === kind);
}

/** What kind of finding it is, or kind of rule; one not known here is shown as it came. */
export function KindText({ kind }: { kind: string }) {
  const { t } = useTranslation();
  return isKind(kind) ? t(`alertKind.${kind}`) : <bdi>{kind}</bdi>;
}
