import { Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxClass } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { percentOfShare, shareOfPercent } from '../../ui/percent.domain';
import { useSetRate } from './pricing-queries';

/** Rates of a class, the newest first, and the next one. */
export function TaxRates({ taxClass }: { taxClass: TaxClass }) {
  const { t } = useTranslation();
  const [rates, setRates] = useState(taxClass.rates);
  const [validFrom, setValidFrom] = useState('');
  const [percent, setPercent] = useState('');
  const save = useSetRate(taxClass.taxClassId, () => {
    setValidFrom('');
    setPercent('');
  });
  const rate = shareOfPercent(percent);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (rate !== undefined) save.mutate({ validFrom, rate }, { onSuccess: (saved) => setRates(saved.rates) });
  }
  return (
    <section aria-label={t('taxes.rates')}>
      <Text fw={600}>{t('taxes.rates')}</Text>
      <ul style={{ margin: '4px 0 8px', paddingInlineStart: 20 }}>
        {rates.map((one) => (
          <li key={one.validFrom}>
            {t('taxes.from')} <DateText value={one.validFrom} />: <Ltr>{`${percentOfShare(one.rate)}%`}</Ltr>{' '}
            {one.isInEffect && <StatusBadge tone="ok">{t('taxes.inEffect')}</StatusBadge>}
          </li>
        ))}
      </ul>
      <ProblemAlert problem={save.error} notSaved={t('pricing.notSaved')} />
      <form onSubmit={onSubmit}>
        <Group align="flex-end">
          <TextInput
            label={t('taxes.validFrom')}
            type="date"
            required
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
          <DecimalInput
            label={t('taxes.percent')}
            required
            w={110}
            value={percent}
            onChange={setPercent}
            error={percent !== '' && rate === undefined}
          />
          <Button type="submit" variant="default" loading={save.isPending}>
            {t('taxes.addRate')}
          </Button>
        </Group>
      </form>
    </section>
  );
}
