import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugHit, PurchaseLimit } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { type Chosen, ReferencePicker } from '../catalog/reference-picker';
import { DrugPicker } from '../shared/drug-picker';
import { localName } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import { useEndLimit, useSaveLimit } from './pricing-queries';

interface LimitDialogProps {
  opened: boolean;
  limit: PurchaseLimit | undefined;
  onClose: () => void;
}

/** A new limit, or the terms of one. */
export function LimitDialog({ opened, limit, onClose }: LimitDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t(limit ? 'purchaseLimits.one' : 'purchaseLimits.new')}
      size="lg"
    >
      {opened && <LimitForm limit={limit} onClose={onClose} />}
    </Dialog>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function LimitForm({ limit, onClose }: Omit<LimitDialogProps, 'opened'>) {
  const { t, i18n } = useTranslation();
  const nameOfUnit = useUnitName();
  const [sort, setSort] = useState<'drug' | 'ingredient'>('drug');
  const [drug, setDrug] = useState<DrugHit | null>(null);
  const [ingredient, setIngredient] = useState<Chosen | null>(null);
  const [perSale, setPerSale] = useState(limit?.maxPerSale ?? '');
  const [perPeriod, setPerPeriod] = useState(limit?.maxPerPeriod ?? '');
  const [days, setDays] = useState(String(limit?.periodDays ?? ''));
  const [age, setAge] = useState(String(limit?.minimumAge ?? ''));
  const [idRequired, setIdRequired] = useState(limit?.idRequired ?? false);
  const [reason, setReason] = useState(limit?.reason ?? '');
  const save = useSaveLimit(limit, onClose);
  const end = useEndLimit(onClose);
  const isOfMg = limit ? limit.unit === 'mg' : sort === 'ingredient';
  const unit = isOfMg ? 'mg' : limit ? nameOfUnit(limit.unit, '2') : t('purchaseLimits.baseUnits');
  const isChosen = limit !== undefined || (sort === 'drug' ? drug !== null : ingredient !== null);
  const limits = [perSale, perPeriod, age].some((text) => text.trim() !== '') || idRequired;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const terms = {
      maxPerSale: orNull(perSale),
      maxPerPeriod: orNull(perPeriod),
      periodDays: numberOrNull(days),
      minimumAge: numberOrNull(age),
      idRequired,
      reason: reason.trim(),
    };
    if (limit) save.mutate({ version: limit.version, ...terms });
    else if (sort === 'drug' && drug) save.mutate({ drugId: drug.drugId, ...terms });
    else if (ingredient) save.mutate({ ingredientId: ingredient.id, ...terms });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error ?? end.error} notSaved={t('pricing.notSaved')} />
        {limit ? (
          <Text fw={600}>
            <bdi>{localName(limit, i18n.language)}</bdi>
          </Text>
        ) : (
          <Group align="flex-end" wrap="nowrap">
            <NativeSelect
              label={t('purchaseLimits.on')}
              value={sort}
              onChange={(event) => setSort(event.currentTarget.value === 'drug' ? 'drug' : 'ingredient')}
              data={(['drug', 'ingredient'] as const).map((value) => ({
                value,
                label: t(`purchaseLimits.sorts.${value}`),
              }))}
              data-autofocus
            />
            <div style={{ flex: 1 }}>
              {sort === 'drug' ? (
                <DrugPicker label={t('purchaseLimits.sorts.drug')} required value={drug} onChange={setDrug} />
              ) : (
                <ReferencePicker
                  path="/reference/ingredients"
                  label={t('purchaseLimits.sorts.ingredient')}
                  required
                  value={ingredient}
                  onChange={setIngredient}
                />
              )}
            </div>
          </Group>
        )}
        <Group grow align="flex-start">
          <DecimalInput
            label={t('purchaseLimits.perSaleIn', { unit })}
            value={perSale}
            onChange={setPerSale}
            error={fieldError(save.error, '/maxPerSale')}
            data-autofocus={limit !== undefined}
          />
          <DecimalInput
            label={t('purchaseLimits.perPeriodIn', { unit })}
            value={perPeriod}
            onChange={setPerPeriod}
            error={fieldError(save.error, '/maxPerPeriod')}
          />
          <DecimalInput
            label={t('purchaseLimits.days')}
            required={perPeriod.trim() !== ''}
            value={days}
            onChange={setDays}
            error={fieldError(save.error, '/periodDays')}
          />
        </Group>
        <Group align="flex-end">
          <DecimalInput
            label={t('purchaseLimits.minimumAge')}
            w={160}
            value={age}
            onChange={setAge}
            error={fieldError(save.error, '/minimumAge')}
          />
          <Checkbox
            pb={8}
            label={t('purchaseLimits.idRequired')}
            checked={idRequired}
            onChange={(event) => setIdRequired(event.currentTarget.checked)}
          />
        </Group>
        <TextInput
          label={t('purchaseLimits.reason')}
          description={t('purchaseLimits.reasonHint')}
          required
          minLength={3}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={!isChosen || !limits}>
          {limit && (
            <Button variant="default" loading={end.isPending} onClick={() => end.mutate(limit)}>
              {t('purchaseLimits.end')}
            </Button>
          )}
        </FormFoot>
      </Stack>
    </form>
  );
}
