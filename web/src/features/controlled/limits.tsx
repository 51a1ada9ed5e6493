import { NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ControlledStanding, PartialReason } from '../../api/types';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';

const REASONS: readonly PartialReason[] = [
  'short_of_stock',
  'requested',
  'long_term_care',
  'terminal_illness',
];

/** What the limits of a controlled medicine say of a prescription, before it is filled. */
export function ControlledNotice({ standing }: { standing: ControlledStanding }) {
  const { t } = useTranslation();
  const { room, exceedsCap, rest, restUntil } = standing;
  const isStop = exceedsCap || rest === 'refused';
  const title = exceedsCap
    ? t('limits.exceeds')
    : rest === 'refused'
      ? t('limits.restRefused')
      : t('limits.title', { schedule: standing.schedule });
  return (
    <Notice tone={isStop ? 'stop' : 'info'} title={title}>
      {room && 'daysSupply' in room && (
        <Text size="sm">
          {t('limits.roomDays', { count: room.daysSupply })} <Ltr>({standing.capSource})</Ltr>
        </Text>
      )}
      {room && 'quantity' in room && (
        <Text size="sm">
          {t('limits.roomQuantity', { quantity: room.quantity })} <bdi>({standing.capSource})</bdi>
        </Text>
      )}
      {rest !== null && (
        <Text size="sm">
          {restUntil === null ? t('limits.noRest') : t('limits.restUntil')}{' '}
          {restUntil !== null && <Until value={restUntil} />} <bdi>({standing.restSource})</bdi>
        </Text>
      )}
    </Notice>
  );
}

function Until({ value }: { value: string }) {
  return value.includes('T') ? <DateTimeText value={value} /> : <DateText value={value} />;
}

interface PartialReasonFieldProps {
  value: PartialReason | '';
  onChange: (value: PartialReason | '') => void;
}

/** Why only a part is given: it decides until when the rest may be. */
export function PartialReasonField({ value, onChange }: PartialReasonFieldProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('limits.partialReason')}
      description={t('limits.partialHint')}
      required
      maw={420}
      value={value}
      onChange={(event) => onChange(REASONS.find((one) => one === event.currentTarget.value) ?? '')}
      data={[
        { value: '', label: t('limits.choose') },
        ...REASONS.map((one) => ({ value: one, label: t(`limits.reason.${one}`) })),
      ]}
    />
  );
}
