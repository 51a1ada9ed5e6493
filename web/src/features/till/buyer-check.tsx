import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedLimit } from '../../api/types';
import { useSession } from '../../session/session';
import { Notice } from '../../ui/notice';
import { localName } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import type { Buyer, DocumentKind, Finding } from './use-buyer';

const KINDS = [
  'national_id',
  'passport',
  'driving_licence',
  'residence_permit',
  'other',
] as const satisfies readonly DocumentKind[];

/** Who buys, and why more is sold than a limit allows: asked before the sale is posted. */
export function BuyerCheck({ buyer }: { opened: boolean; buyer: Buyer }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const first = useRef<HTMLFieldSetElement>(null);
  const { draft, change } = buyer;
  // It comes up after the dialog has put the cursor elsewhere; what it asks is answered first.
  useEffect(() => first.current?.querySelector('input')?.focus(), []);
  return (
    <Stack gap="sm">
      {buyer.limits.map((limit) => (
        <Notice
          key={limit.limitId}
          tone={limit.findings.includes('too-young') ? 'stop' : 'warn'}
          role="alert"
          title={t('buyer.limitTitle', { name: localName(limit, i18n.language) })}
        >
          {limit.findings.map((finding) => (
            <Text size="sm" key={finding}>
              <FindingText limit={limit} finding={finding} />
            </Text>
          ))}
          <Text size="xs" c="dimmed">
            <bdi>{limit.reason}</bdi>
          </Text>
        </Notice>
      ))}
      {buyer.isTooYoung && <Text size="sm">{t('buyer.tooYoung')}</Text>}
      {!buyer.isTooYoung && (buyer.asksDocument || buyer.asksBirthDate || buyer.over.length > 0) && (
        <fieldset ref={first} style={{ border: 0, margin: 0, padding: 0 }}>
          <legend style={{ fontWeight: 600, padding: 0 }}>{t('buyer.title')}</legend>
          <Stack gap="xs">
            {(buyer.asksDocument || buyer.asksBirthDate) && (
              <Group align="flex-start" wrap="nowrap">
                <NativeSelect
                  label={t('buyer.documentKind')}
                  value={draft.documentKind}
                  onChange={(event) =>
                    change({
                      documentKind: KINDS.find((one) => one === event.currentTarget.value) ?? 'other',
                    })
                  }
                  data={KINDS.map((value) => ({ value, label: t(`buyer.kinds.${value}`) }))}
                />
                <TextInput
                  label={t('buyer.documentNumber')}
                  description={t('buyer.numberHint')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  required={buyer.asksDocument}
                  maxLength={50}
                  dir="ltr"
                  autoComplete="off"
                  value={draft.documentNumber}
                  onChange={(event) => change({ documentNumber: event.currentTarget.value })}
                />
              </Group>
            )}
            {buyer.asksBirthDate && (
              <TextInput
                label={t('buyer.birthDate')}
                type="date"
                required
                w={180}
                value={draft.birthDate}
                onChange={(event) => change({ birthDate: event.currentTarget.value })}
              />
            )}
            {buyer.over.length > 0 && !can('OverridePurchaseLimit') && (
              <Text size="sm">{t('buyer.askManager')}</Text>
            )}
            {can('OverridePurchaseLimit') &&
              buyer.over.map((limit) => (
                <TextInput
                  key={limit.limitId}
                  label={t('buyer.why', { name: localName(limit, i18n.language) })}
                  required
                  minLength={3}
                  maxLength={500}
                  value={draft.reasons[limit.limitId] ?? ''}
                  onChange={(event) =>
                    change({ reasons: { ...draft.reasons, [limit.limitId]: event.currentTarget.value } })
                  }
                />
              ))}
          </Stack>
        </fieldset>
      )}
    </Stack>
  );
}

function FindingText({ limit, finding }: { limit: JudgedLimit; finding: Finding }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const amount = (text: string | null): string =>
    text === null ? '' : `${text} ${limit.unit === 'mg' ? 'mg' : nameOfUnit(limit.unit, text)}`;
  switch (finding) {
    case 'too-young':
    case 'age-unknown':
      return t(`buyer.finding.${finding}`, { age: limit.minimumAge });
    case 'over-sale':
      return t('buyer.finding.over-sale', { now: amount(limit.inSale), most: amount(limit.maxPerSale) });
    case 'over-period':
      return t('buyer.finding.over-period', {
        now: amount(limit.inSale),
        before: amount(limit.boughtBefore),
        most: amount(limit.maxPerPeriod),
        days: limit.periodDays,
      });
    default:
      return t(`buyer.finding.${finding}`);
  }
}
