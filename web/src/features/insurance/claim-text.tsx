import { useTranslation } from 'react-i18next';
import type { Claim } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/status-badge';

export type ClaimStatus = Claim['status'];
export type RejectCode = NonNullable<Claim['rejectCode']>;

/** Every state, those that wait for somebody first. */
export const CLAIM_STATUSES: readonly ClaimStatus[] = [
  'rejected',
  'submitted',
  'adjudicated',
  'paid',
  'resubmitted',
  'written_off',
  'reversed',
];

export const REJECT_CODES: readonly RejectCode[] = [
  'member_unknown',
  'prior_authorisation',
  'not_covered',
  'plan_limit',
  'refill_too_soon',
  'cover_ended',
];

const TONES: Record<ClaimStatus, Tone> = {
  rejected: 'stop',
  submitted: 'warn',
  adjudicated: 'info',
  paid: 'ok',
  resubmitted: 'neutral',
  written_off: 'neutral',
  reversed: 'neutral',
};

/** Where a claim stands, as icon, word and colour. */
export function ClaimStatusBadge({ status }: { status: ClaimStatus }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`claims.status.${status}`)}</StatusBadge>;
}
