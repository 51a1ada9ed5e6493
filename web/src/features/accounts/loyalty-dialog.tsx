import { Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoyaltyRule } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useLoyaltyRule, useWriteLoyaltyRule } from './account-queries';

interface LoyaltyDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** How points are earned and spent at the branch. */
export function LoyaltyDialog({ opened, onClose }: LoyaltyDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('loyalty.title')}>
      <Loaded onClose={onClose} />
    </Dialog>
  );
}

function Loaded({ onClose }: { onClose: () => void }) {
  const rule = useLoyaltyRule();
  if (rule.isPending) return <LoadingRows rows={4} />;
  if (rule.isError) return <ErrorView error={rule.error} retry={() => void rule.refetch()} />;
  return <RuleForm rule={rule.data.rule} onClose={onClose} />;
}

function RuleForm({ rule, onClose }: { rule: LoyaltyRule['rule']; onClose: () => void }) {
  const { t } = useTranslation();
  const [isActive, setActive] = useState(rule?.isActive ?? true);
  const [amountPerPoint, setAmountPerPoint] = useState(rule?.amountPerPoint ?? '');
  const [pointValue, setPointValue] = useState(rule?.pointValue ?? '');
  const [minimum, setMinimum] = useState(String(rule?.minimumPoints ?? 0));
  const [months, setMonths] = useState(String(rule?.expiryMonths ?? ''));
  const [onPrescriptions, setOnPrescriptions] = useState(rule?.earnsOnPrescriptions ?? false);
  const write = useWriteLoyaltyRule(() => {
    toastDone(t('loyalty.saved'));
    onClose();
  });
  const isReady = decimalOrZero(amountPerPoint) > 0n && decimalOrZero(pointValue) > 0n;
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    write.mutate({
      version: rule?.version ?? 0,
      isActive,
      amountPerPoint: formatMoney(decimalOrZero(amountPerPoint)),
      pointValue: formatMoney(decimalOrZero(pointValue)),
      minimumPoints: Number(minimum) || 0,
      expiryMonths: months === '' ? null : Number(months),
      earnsOnPrescriptions: onPrescriptions,
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('loyalty.hint')}
        </Text>
        <ProblemAlert problem={write.error} notSaved={t('accounts.notSaved')} />
        <SimpleGrid cols={2} spacing="sm">
          <DecimalInput
            label={t('loyalty.amountPerPoint')}
            required
            value={amountPerPoint}
            onChange={setAmountPerPoint}
            autoFocus
            data-autofocus
          />
          <DecimalInput
            label={t('loyalty.pointValue')}
            required
            value={pointValue}
            onChange={setPointValue}
          />
          <TextInput
            label={t('loyalty.minimum')}
            inputMode="numeric"
            pattern="\d{1,7}"
            dir="ltr"
            value={minimum}
            onChange={(event) => setMinimum(event.currentTarget.value)}
          />
          <TextInput
            label={t('loyalty.months')}
            description={t('loyalty.monthsHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            inputMode="numeric"
            pattern="[1-9]\d{0,2}"
            dir="ltr"
            value={months}
            onChange={(event) => setMonths(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Checkbox
          label={t('loyalty.onPrescriptions')}
          checked={onPrescriptions}
          onChange={(event) => setOnPrescriptions(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('loyalty.isActive')}
          checked={isActive}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <FormFoot isSaving={write.isPending} onCancel={onClose} disabled={!isReady} />
      </Stack>
    </form>
  );
}
