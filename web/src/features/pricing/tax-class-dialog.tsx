import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxClass } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { shareOfPercent } from '../../ui/percent.domain';
import { useSaveTaxClass } from './pricing-queries';
import { TaxedDrugs } from './taxed-drugs';
import { TaxRates } from './tax-rates';

interface TaxClassDialogProps {
  opened: boolean;
  taxClass: TaxClass | undefined;
  onClose: () => void;
}

/** A new tax class; or the names, rates and products of one. */
export function TaxClassDialog({ opened, taxClass, onClose }: TaxClassDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={taxClass ? t('taxes.one', { code: taxClass.code }) : t('taxes.new')}
      size="lg"
    >
      {opened && (
        <Stack gap="lg">
          <TaxClassForm taxClass={taxClass} onClose={onClose} />
          {taxClass && <TaxRates taxClass={taxClass} />}
          {taxClass && <TaxedDrugs taxClass={taxClass} />}
        </Stack>
      )}
    </Dialog>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function TaxClassForm({ taxClass, onClose }: Omit<TaxClassDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [name, setName] = useState(taxClass?.name ?? '');
  const [nameAr, setNameAr] = useState(taxClass?.nameAr ?? '');
  const [prices, setPrices] = useState<'included' | 'added'>('included');
  const [percent, setPercent] = useState('');
  const save = useSaveTaxClass(taxClass, onClose);
  const rate = taxClass ? taxClass.rate : shareOfPercent(percent);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (rate === undefined) return;
    save.mutate({
      code: code.trim().toUpperCase(),
      name: name.trim(),
      nameAr: orNull(nameAr),
      pricesIncludeTax: prices === 'included',
      rate,
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('pricing.notSaved')} />
        {!taxClass && (
          <TextInput
            label={t('taxes.code')}
            description={t('taxes.codeHint')}
            required
            maxLength={20}
            dir="ltr"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={fieldError(save.error, '/code')}
            data-autofocus
          />
        )}
        <TextInput
          label={t('promotions.nameEn')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus={taxClass !== undefined}
        />
        <TextInput
          label={t('promotions.nameAr')}
          maxLength={100}
          dir="rtl"
          value={nameAr}
          onChange={(event) => setNameAr(event.currentTarget.value)}
        />
        {!taxClass && (
          <>
            <NativeSelect
              label={t('taxes.prices')}
              description={t('taxes.pricesHint')}
              value={prices}
              onChange={(event) => setPrices(event.currentTarget.value === 'added' ? 'added' : 'included')}
              data={(['included', 'added'] as const).map((value) => ({ value, label: t(`taxes.${value}`) }))}
            />
            <DecimalInput
              label={t('taxes.rateToday')}
              required
              value={percent}
              onChange={setPercent}
              error={percent !== '' && rate === undefined ? t('promotions.percentWrong') : undefined}
            />
          </>
        )}
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
