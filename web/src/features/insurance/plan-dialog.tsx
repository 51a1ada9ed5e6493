import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayerPlan } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { useSavePlan } from './insurance-queries';

interface PlanDialogProps {
  opened: boolean;
  payerId: number;
  plan: PayerPlan | undefined;
  onClose: () => void;
  onSaved: (plan: PayerPlan) => void;
}

/** A new plan of a payer, or a change of one. */
export function PlanDialog({ opened, plan, onClose, ...rest }: PlanDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t(plan ? 'payers.editPlan' : 'payers.newPlan')}
      size="lg"
    >
      {opened && <PlanForm plan={plan} onClose={onClose} {...rest} />}
    </Dialog>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function PlanForm({ payerId, plan, onClose, onSaved }: Omit<PlanDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [code, setCode] = useState(plan?.code ?? '');
  const [name, setName] = useState(plan?.name ?? '');
  const [validFrom, setValidFrom] = useState(plan?.validFrom ?? todayLocal());
  const [validTo, setValidTo] = useState(plan?.validTo ?? '');
  const [period, setPeriod] = useState<PayerPlan['period']>(plan?.period ?? 'year');
  const [deductible, setDeductible] = useState(plan?.deductible ?? '');
  const [periodCap, setPeriodCap] = useState(plan?.periodCap ?? '');
  const [claimCap, setClaimCap] = useState(plan?.claimCap ?? '');
  const [active, setActive] = useState(plan?.active ?? true);
  const save = useSavePlan(payerId, plan, (saved) => {
    onClose();
    onSaved(saved);
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      code: code.trim(),
      name: name.trim(),
      validFrom,
      validTo: orNull(validTo),
      period,
      deductible: orNull(deductible) ?? '0',
      periodCap: orNull(periodCap),
      claimCap: orNull(claimCap),
      ...(plan ? { active } : {}),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('claims.notSaved')} />
        <Group grow align="flex-start">
          <TextInput
            label={t('payers.code')}
            required
            maxLength={50}
            dir="ltr"
            disabled={plan !== undefined}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            data-autofocus={plan ? undefined : true}
          />
          <TextInput
            label={t('payers.planName')}
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus={plan ? true : undefined}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput
            label={t('payers.validFrom')}
            type="date"
            required
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
          <TextInput
            label={t('payers.validTo')}
            type="date"
            min={validFrom}
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('payers.period')}
            value={period}
            onChange={(event) => setPeriod(event.currentTarget.value === 'month' ? 'month' : 'year')}
            data={[
              { value: 'year', label: t('payers.periodOf.year') },
              { value: 'month', label: t('payers.periodOf.month') },
            ]}
          />
        </Group>
        <Group grow align="flex-start">
          <DecimalInput label={t('payers.deductible')} value={deductible} onChange={setDeductible} />
          <DecimalInput label={t('payers.periodCap')} value={periodCap} onChange={setPeriodCap} />
          <DecimalInput label={t('payers.claimCap')} value={claimCap} onChange={setClaimCap} />
        </Group>
        {plan && (
          <Checkbox
            label={t('payers.inUse')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
        )}
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
