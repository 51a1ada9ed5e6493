import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { DecimalInput } from '../../ui/decimal-input';
import { fieldError } from '../../ui/field-errors';
import { Card } from '../../ui/page';
import { ReferencePicker } from '../catalog/reference-picker';
import { UNITS, useUnitName } from '../shared/unit-text';
import { useBeyondUseLimits } from './compounding-queries';
import { type FormulaDraft, PREPARATION_TYPES, STORAGES } from './formula-draft.domain';

interface FieldsProps {
  draft: FormulaDraft;
  change: (part: Partial<FormulaDraft>) => void;
  problem: Problem | null;
}

const named = (name: string | null) => (name === null ? null : { id: 0, name, nameAr: null });

/** What the preparation is called and in what it is counted. */
export function FormulaFields({ draft, change, problem, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const units = UNITS.some((one) => one === draft.baseUnit) ? UNITS : [draft.baseUnit, ...UNITS];
  return (
    <Card label={t('compounding.preparation')}>
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="md">
          <TextInput
            label={t('compounding.name')}
            required
            autoFocus={isNew}
            maxLength={500}
            value={draft.name}
            error={fieldError(problem, '/name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('compounding.nameAr')}
            dir="rtl"
            maxLength={500}
            value={draft.nameAr}
            error={fieldError(problem, '/nameAr')}
            onChange={(event) => change({ nameAr: event.currentTarget.value })}
          />
        </SimpleGrid>
        <SimpleGrid cols={4} spacing="md">
          <ReferencePicker
            path="/reference/dosage-forms"
            label={t('compounding.dosageForm')}
            value={named(draft.dosageForm)}
            onChange={(entry) => change({ dosageForm: entry?.name ?? null })}
            error={fieldError(problem, '/dosageForm')}
          />
          <ReferencePicker
            path="/reference/routes"
            label={t('compounding.route')}
            value={named(draft.route)}
            onChange={(entry) => change({ route: entry?.name ?? null })}
            error={fieldError(problem, '/route')}
          />
          <DecimalInput
            label={t('compounding.yield')}
            required
            value={draft.yieldQuantity}
            error={fieldError(problem, '/yieldQuantity')}
            onChange={(yieldQuantity) => change({ yieldQuantity })}
          />
          <NativeSelect
            label={t('compounding.unit')}
            disabled={!isNew}
            value={draft.baseUnit}
            onChange={(event) => change({ baseUnit: event.currentTarget.value })}
            data={units.map((value) => ({ value, label: nameOfUnit(value) }))}
          />
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

/** How long it may be used, what it is sold for, how it is made and checked. */
export function FormulaRules({ draft, change, problem }: FieldsProps) {
  const { t } = useTranslation();
  const limits = useBeyondUseLimits();
  const limitOf = (type: FormulaDraft['preparationType']) =>
    limits.data?.data.find((one) => one.preparationType === type);
  const limit = limitOf(draft.preparationType);
  const days = Number.parseInt(draft.beyondUseDays, 10);
  const isTooLong = limit !== undefined && days > limit.maxDays;
  const isTooWarm = limit?.refrigerated === true && draft.storage !== 'refrigerate';

  function choose(type: FormulaDraft['preparationType']): void {
    const next = limitOf(type);
    change({
      preparationType: type,
      ...(next ? { beyondUseDays: String(next.maxDays) } : {}),
      ...(next?.refrigerated ? { storage: 'refrigerate' as const } : {}),
    });
  }

  return (
    <Card label={t('compounding.rules')}>
      <Stack gap="sm">
        <SimpleGrid cols={3} spacing="md">
          <NativeSelect
            label={t('compounding.kind')}
            value={draft.preparationType}
            onChange={(event) =>
              choose(PREPARATION_TYPES.find((one) => one === event.currentTarget.value) ?? 'solid')
            }
            data={PREPARATION_TYPES.map((value) => ({ value, label: t(`compounding.type.${value}`) }))}
          />
          <TextInput
            label={t('compounding.beyondUseDays')}
            required
            inputMode="numeric"
            pattern="[0-9]{1,3}"
            dir="ltr"
            value={draft.beyondUseDays}
            error={isTooLong ? t('compounding.tooLong') : fieldError(problem, '/beyondUseDays')}
            onChange={(event) => change({ beyondUseDays: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('compounding.storage')}
            value={draft.storage}
            error={isTooWarm ? t('compounding.tooWarm') : undefined}
            onChange={(event) =>
              change({ storage: STORAGES.find((one) => one === event.currentTarget.value) ?? 'room' })
            }
            data={STORAGES.map((value) => ({ value, label: t(`storage.${value}`) }))}
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {limit && `${t('compounding.limit', { count: limit.maxDays, source: limit.source })} `}
          {t('compounding.beyondUseDaysHint')}
        </Text>
        <PriceFields draft={draft} change={change} problem={problem} />
        <Textarea
          label={t('compounding.method')}
          description={t('compounding.methodHint')}
          required
          rows={5}
          maxLength={10_000}
          value={draft.method}
          error={fieldError(problem, '/method')}
          onChange={(event) => change({ method: event.currentTarget.value })}
        />
        <SimpleGrid cols={3} spacing="md">
          <DecimalInput
            label={t('compounding.tolerance')}
            required
            value={draft.tolerancePercent}
            error={fieldError(problem, '/tolerancePercent')}
            onChange={(tolerancePercent) => change({ tolerancePercent })}
          />
          <Checkbox
            mt={26}
            label={t('compounding.requiresCheck')}
            checked={draft.requiresCheck}
            onChange={(event) => change({ requiresCheck: event.currentTarget.checked })}
          />
          <Checkbox
            mt={26}
            label={t('compounding.isHazardous')}
            checked={draft.hazardous}
            onChange={(event) => change({ hazardous: event.currentTarget.checked })}
          />
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

function PriceFields({ draft, change, problem }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={3} spacing="md">
      <NativeSelect
        label={t('compounding.priceRule')}
        value={draft.priceKind}
        onChange={(event) => change({ priceKind: event.currentTarget.value === 'fixed' ? 'fixed' : 'cost' })}
        data={[
          { value: 'cost', label: t('compounding.byCost') },
          { value: 'fixed', label: t('compounding.byPrice') },
        ]}
      />
      {draft.priceKind === 'fixed' ? (
        <DecimalInput
          label={t('compounding.priceOfYield')}
          required
          value={draft.price}
          error={fieldError(problem, '/priceRule/price')}
          onChange={(price) => change({ price })}
        />
      ) : (
        <>
          <DecimalInput
            label={t('compounding.markup')}
            value={draft.markup}
            error={fieldError(problem, '/priceRule/markup')}
            onChange={(markup) => change({ markup })}
          />
          <DecimalInput
            label={t('compounding.fee')}
            value={draft.fee}
            error={fieldError(problem, '/priceRule/fee')}
            onChange={(fee) => change({ fee })}
          />
        </>
      )}
    </SimpleGrid>
  );
}
