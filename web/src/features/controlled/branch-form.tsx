import { Checkbox, Fieldset, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { BranchSettings, UpdateBranch } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';

/** Policies that are on or off. */
const FLAGS = [
  'twoPersonRule',
  'clinicalReview',
  'pickUpIdentifiers',
  'nearMissNames',
  'waitingByDefault',
] as const;

/** Shares from 0 to 1 that concern buying. */
const PURCHASING_SHARES = ['serviceLevel', 'overReceiptTolerance', 'invoicePriceTolerance'] as const;
type Share = 'earlyRefillShare' | (typeof PURCHASING_SHARES)[number];

/** Whole numbers, kept as they are typed. */
type Whole = 'promiseMinutes' | 'idleLockMinutes' | 'prescriptionValidMonths' | 'currencyDecimals';

/** What may be left empty. */
type Optional = 'nameAr' | 'address' | 'phone';

type Draft = Omit<BranchSettings, Whole | Optional | 'branchId' | 'version'> &
  Record<Whole | Optional, string>;

function draftOf({ branchId: _id, version: _version, ...branch }: BranchSettings): Draft {
  return {
    ...branch,
    promiseMinutes: String(branch.promiseMinutes),
    idleLockMinutes: String(branch.idleLockMinutes),
    prescriptionValidMonths: String(branch.prescriptionValidMonths),
    currencyDecimals: String(branch.currencyDecimals),
    nameAr: branch.nameAr ?? '',
    address: branch.address ?? '',
    phone: branch.phone ?? '',
  };
}

function changeOf(draft: Draft): Omit<UpdateBranch, 'version'> {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    ...draft,
    name: draft.name.trim(),
    code: draft.code.trim().toUpperCase(),
    currency: draft.currency.trim().toUpperCase(),
    timeZone: draft.timeZone.trim(),
    promiseMinutes: Number.parseInt(draft.promiseMinutes, 10),
    idleLockMinutes: Number.parseInt(draft.idleLockMinutes, 10),
    prescriptionValidMonths: Number.parseInt(draft.prescriptionValidMonths, 10),
    currencyDecimals: Number.parseInt(draft.currencyDecimals, 10),
    nameAr: orNull(draft.nameAr),
    address: orNull(draft.address),
    phone: orNull(draft.phone),
  };
}

function useUpdateBranch(branch: BranchSettings, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<BranchSettings, Problem, Omit<UpdateBranch, 'version'>>({
    mutationFn: (change) =>
      api.patch<BranchSettings>(`/branches/${branch.branchId}`, { ...change, version: branch.version }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.branches });
      onDone();
    },
  });
}

/** Everything a branch is asked about: how it works, who it is, and its money and time. */
export function BranchForm({ branch, onClose }: { branch: BranchSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(branch));
  const update = useUpdateBranch(branch, () => {
    toastDone(t('branch.saved'));
    onClose();
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const field = (name: Whole | Optional | 'name' | 'code' | 'timeZone' | 'currency') => ({
    label: t(`branch.field.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
    error: fieldError(update.error, `/${name}`),
  });
  const whole = (name: Whole, pattern: string) => ({
    ...field(name),
    description: t(`branch.help.${name}`),
    required: true,
    inputMode: 'numeric' as const,
    pattern,
    dir: 'ltr',
  });

  const share = (name: Share) => ({
    label: t(`branch.${name}`),
    description: t(`branch.help.${name}`),
    required: true,
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
    error: fieldError(update.error, `/${name}`),
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    update.mutate(changeOf(draft));
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <ProblemAlert problem={update.error} notSaved={t('branch.notSaved')} />
        <Fieldset legend={t('branch.part.work')}>
          <SimpleGrid cols={2} spacing="md">
            <Choice
              name="jurisdiction"
              options={['none', 'EG', 'US']}
              value={draft.jurisdiction}
              text={(one) => t(`branch.jurisdictions.${one}`)}
              onChange={(jurisdiction) => change({ jurisdiction })}
              isFirst
            />
            <Choice
              name="dispensingPolicy"
              options={['counter', 'station']}
              value={draft.dispensingPolicy}
              text={(one) => t(`branch.dispensing.${one}`)}
              onChange={(dispensingPolicy) => change({ dispensingPolicy })}
            />
            <Choice
              name="scanPolicy"
              options={['off', 'product', 'lot']}
              value={draft.scanPolicy}
              text={(one) => t(`branch.scan.${one}`)}
              onChange={(scanPolicy) => change({ scanPolicy })}
            />
            <Choice
              name="counsellingPolicy"
              options={['optional', 'first_fill', 'always']}
              value={draft.counsellingPolicy}
              text={(one) => t(`branch.counselling.${one}`)}
              onChange={(counsellingPolicy) => change({ counsellingPolicy })}
            />
            <DecimalInput {...share('earlyRefillShare')} />
            <TextInput {...whole('prescriptionValidMonths', '[0-9]{1,2}')} />
            <TextInput {...whole('promiseMinutes', '[0-9]{1,5}')} />
            <TextInput {...whole('idleLockMinutes', '[0-9]{1,2}')} />
            {PURCHASING_SHARES.map((name) => (
              <DecimalInput key={name} {...share(name)} />
            ))}
          </SimpleGrid>
          <SimpleGrid cols={2} spacing="md" mt="md">
            {FLAGS.map((flag) => (
              <Checkbox
                key={flag}
                label={t(`branch.${flag}`)}
                description={t(`branch.help.${flag}`)}
                checked={draft[flag]}
                onChange={(event) => change({ [flag]: event.currentTarget.checked })}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={t('branch.part.who')}>
          <SimpleGrid cols={2} spacing="md">
            <TextInput {...field('name')} required maxLength={200} />
            <TextInput {...field('nameAr')} dir="rtl" maxLength={200} />
            <TextInput
              {...field('code')}
              description={t('branch.help.code')}
              required
              pattern="[A-Za-z0-9\-]{1,20}"
              dir="ltr"
            />
            <TextInput {...field('phone')} description={t('branch.help.phone')} dir="ltr" maxLength={50} />
          </SimpleGrid>
          <TextInput {...field('address')} mt="md" maxLength={300} />
          <Checkbox
            mt="md"
            label={t('branch.active')}
            description={t('branch.help.active')}
            checked={draft.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
        </Fieldset>
        <Fieldset legend={t('branch.part.money')}>
          <SimpleGrid cols={2} spacing="md">
            <TextInput
              {...field('timeZone')}
              description={t('branch.help.timeZone')}
              required
              dir="ltr"
              maxLength={64}
            />
            <TextInput
              {...field('currency')}
              description={t('branch.help.currency')}
              required
              dir="ltr"
              pattern="[A-Za-z]{3}"
            />
            <TextInput {...whole('currencyDecimals', '[0-3]')} />
            <DecimalInput
              label={t('branch.cashRounding')}
              description={t('branch.help.cashRounding')}
              required
              value={draft.cashRounding}
              onChange={(cashRounding) => change({ cashRounding })}
              error={fieldError(update.error, '/cashRounding')}
            />
          </SimpleGrid>
        </Fieldset>
        <Text size="sm" c="dimmed">
          {t('branch.atOnce')}
        </Text>
        <FormFoot isSaving={update.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

interface ChoiceProps<Value extends string> {
  name: 'jurisdiction' | 'dispensingPolicy' | 'scanPolicy' | 'counsellingPolicy';
  options: readonly Value[];
  value: Value;
  text: (value: Value) => string;
  onChange: (value: Value) => void;
  isFirst?: boolean;
}

function Choice<Value extends string>({ name, options, value, text, onChange, isFirst }: ChoiceProps<Value>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`branch.${name}`)}
      description={t(`branch.help.${name}`)}
      value={value}
      onChange={(event) => onChange(options.find((one) => one === event.currentTarget.value) ?? value)}
      data={options.map((one) => ({ value: one, label: text(one) }))}
      {...(isFirst ? { 'data-autofocus': true } : {})}
    />
  );
}
