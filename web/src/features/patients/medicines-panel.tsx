import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientAdherence, PatientDetail, ProductAdherence } from '../../api/types';
import { DateText, daysBetween } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MixedText } from '../../ui/mixed-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import classes from './people.module.css';
import { ADHERENCE_DAYS, useAdherence } from './people-queries';
import { SynchroniseDialog } from './synchronise-dialog';

/** Days covered below this are worth a word with the patient: the threshold adherence studies use. */
const STEADY_PERCENT = 80;

/** Active medicines as bars over the last half year, with the days they were not at hand; then what is taken from elsewhere. */
export function MedicinesPanel({ patient }: { patient: PatientDetail }) {
  const { t } = useTranslation();
  const adherence = useAdherence(patient.patientId);
  const [isSynchronising, setIsSynchronising] = useState(false);
  const elsewhere = patient.medications.filter(({ endedOn }) => endedOn === null);
  if (adherence.isPending) return <LoadingRows rows={3} />;
  if (adherence.isError) return <ErrorView error={adherence.error} retry={() => void adherence.refetch()} />;
  const { products, commonRefill } = adherence.data;
  return (
    <Stack gap={8} p="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('people.medicines.hint', { count: ADHERENCE_DAYS })}
        </Text>
        {products.length > 1 && (
          <KeyButton
            combo="S"
            label={t('people.sync.open')}
            variant="default"
            size="xs"
            onPress={() => setIsSynchronising(true)}
          />
        )}
      </Group>
      {products.length === 0 && elsewhere.length === 0 && (
        <EmptyView title={t('people.medicines.none')} hint={t('people.medicines.noneHint')} />
      )}
      <ul className={classes['medicines']} aria-label={t('people.medicines.title')}>
        {products.map((product) => (
          <Medicine key={product.drugId} product={product} window={adherence.data} />
        ))}
        {elsewhere.map((one) => (
          <li key={`m${one.medicationId}`} className={classes['medicine']}>
            <Text size="sm" fw={600}>
              <MixedText text={one.name} />
            </Text>
            <Text size="sm" c="dimmed">
              {t('people.medicines.elsewhere')}
              {one.dose !== null && (
                <>
                  {' · '}
                  <bdi>{one.dose}</bdi>
                </>
              )}
            </Text>
          </li>
        ))}
      </ul>
      <SynchroniseDialog
        opened={isSynchronising}
        onClose={() => setIsSynchronising(false)}
        products={products}
        proposed={commonRefill}
      />
    </Stack>
  );
}

function Medicine({ product, window }: { product: ProductAdherence; window: PatientAdherence }) {
  const { t, i18n } = useTranslation();
  const { percent, gaps, runsOutOn } = product;
  const isOver = runsOutOn <= window.to;
  const missed = gaps.reduce((sum, gap) => sum + gap.days, 0);
  return (
    <li className={classes['medicine']}>
      <Text size="sm" fw={600}>
        <MixedText
          text={i18n.language === 'ar' && product.drugNameAr !== null ? product.drugNameAr : product.drugName}
        />
      </Text>
      <Bar product={product} window={window} />
      <Group gap={8} wrap="nowrap" justify="flex-end">
        {percent !== null && (
          <StatusBadge tone={percent >= STEADY_PERCENT ? 'ok' : 'warn'}>
            {t('people.medicines.covered', { percent })}
          </StatusBadge>
        )}
        <Text size="xs" c="dimmed">
          {missed > 0 && <>{t('people.medicines.gap', { count: missed })} · </>}
          {t(isOver ? 'people.medicines.ranOut' : 'people.medicines.runsOut')} <DateText value={runsOutOn} />
        </Text>
      </Group>
    </li>
  );
}

/** The window as a bar: coloured where the medicine was at hand, hollow in the gaps. The words beside it say the same. */
function Bar({ product, window }: { product: ProductAdherence; window: PatientAdherence }) {
  const { t } = useTranslation();
  const total = daysBetween(window.from, window.to) + 1;
  const start = total - product.days;
  const share = (days: number): string => `${(days * 100) / total}%`;
  return (
    <div
      className={classes['bar']}
      role="img"
      aria-label={t('people.medicines.barLabel', { covered: product.daysCovered, days: product.days })}
    >
      <span
        className={classes['covered']}
        style={{ insetInlineStart: share(start), inlineSize: share(product.days) }}
      />
      {product.gaps.map((gap) => (
        <span
          key={gap.from}
          className={classes['gap']}
          style={{
            insetInlineStart: share(daysBetween(window.from, gap.from)),
            inlineSize: share(gap.days),
          }}
        />
      ))}
    </div>
  );
}
