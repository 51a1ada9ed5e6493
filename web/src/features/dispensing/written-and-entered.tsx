import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fill, PrescriptionDetail } from '../../api/types';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero } from '../../ui/money.domain';
import { StatusBadge } from '../../ui/status-badge';
import { LotsText } from '../prescriptions/prescription-history';
import { QuantityIn } from '../shared/unit-text';
import classes from './dispensing.module.css';

type Facts = readonly (readonly [name: string, value: ReactNode])[];

function FactList({ title, facts }: { title: string; facts: Facts }) {
  return (
    <section aria-label={title}>
      <Title order={3} fz="sm" mt="sm" mb={6}>
        {title}
      </Title>
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The prescription as it was written. */
export function AsWritten({ prescription }: { prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const { drugName, strength, sig, quantity, baseUnit, daysSupply, prescriberName, notes } = prescription;
  return (
    <FactList
      title={t('station.asWritten')}
      facts={[
        [t('prescriptions.drug'), <ProductText key="drug" name={drugName} strength={strength} />],
        [
          t('prescriptions.sig'),
          <bdi key="sig" className={classes['written']}>
            {sig}
          </bdi>,
        ],
        [t('prescriptions.quantity'), <QuantityIn key="quantity" value={quantity} unit={baseUnit} />],
        [t('prescriptions.daysSupply'), <Ltr key="days">{daysSupply}</Ltr>],
        [t('prescriptions.prescriber'), <bdi key="prescriber">{prescriberName}</bdi>],
        [t('prescriptions.prescribedDate'), <DateText key="on" value={prescription.prescribedDate} />],
        [t('station.notes'), <bdi key="notes">{notes ?? t('common.none')}</bdi>],
      ]}
    />
  );
}

/** What was made of it; where it is another product or quantity, that is marked. */
export function AsEntered({ prescription, fill }: { prescription: PrescriptionDetail; fill: Fill }) {
  const { t } = useTranslation();
  const { directions, dose } = prescription;
  const isOther = fill.drugId !== fill.prescribedDrugId;
  const isPart = decimalOrZero(fill.quantity) !== decimalOrZero(prescription.quantity);
  return (
    <FactList
      title={t('station.asEntered')}
      facts={[
        [
          t('prescriptions.drug'),
          <span key="drug">
            <ProductText name={fill.drugName} strength={fill.strength} />{' '}
            {isOther && <StatusBadge tone="warn">{t('station.substituted')}</StatusBadge>}
          </span>,
        ],
        [
          t('prescriptions.sig'),
          directions ? (
            <span key="sig">
              <bdi>{directions.english}</bdi>
              <br />
              <bdi lang="ar">{directions.arabic}</bdi>
            </span>
          ) : (
            <StatusBadge key="sig" tone="warn">
              {t('station.notUnderstood')}
            </StatusBadge>
          ),
        ],
        [
          t('prescriptions.quantity'),
          <span key="quantity">
            <QuantityIn value={fill.quantity} unit={fill.baseUnit} />{' '}
            {isPart && <StatusBadge tone="warn">{t('station.isPart')}</StatusBadge>}
          </span>,
        ],
        [t('prescriptions.daysSupply'), <Ltr key="days">{fill.daysSupply}</Ltr>],
        [
          t('prescriptions.dose'),
          dose ? (
            <Ltr key="dose">{`${dose.amount} ${dose.unit} × ${dose.frequencyPerDay}`}</Ltr>
          ) : (
            <span key="dose">{t('common.none')}</span>
          ),
        ],
        [t('fills.lots'), <LotsText key="lots" lots={fill.lots} />],
        [
          t('verify.filledBy'),
          <Text key="by" span size="sm">
            <bdi>{fill.filledByName ?? t('common.none')}</bdi> · <DateTimeText value={fill.filledAt} />
          </Text>,
        ],
      ]}
    />
  );
}

function ProductText({ name, strength }: { name: string; strength: string | null }) {
  return (
    <>
      <bdi>{name}</bdi> {strength !== null && <Ltr>{strength}</Ltr>}
    </>
  );
}
