import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockPolicy } from '../../api/types';
import { useSession } from '../../session/session';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { cleanZeros } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useSetStockPolicy, useStockPolicy } from './correction-queries';
import { percentOf, shareOf } from './share.domain';

const CLASSES = ['A', 'B', 'C'] as const;
/** The longest the server takes. */
const MOST_DAYS = 1000;

/** The rules of the branch: above which value another person approves a correction, how often is counted, when once more. */
export function StockPolicyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const policy = useStockPolicy(opened);
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('stockPolicy.title')}>
      {policy.isPending && <LoadingRows rows={4} />}
      {policy.isError && <ErrorView error={policy.error} retry={() => void policy.refetch()} />}
      {policy.data && <PolicyForm key={policy.data.version} policy={policy.data} onClose={onClose} />}
    </Dialog>
  );
}

/** Empty where there is no limit. */
const limitText = (limit: string | null): string => (limit === null ? '' : cleanZeros(limit));
const limitOf = (text: string): string | null => (text === '' ? null : text);

function PolicyForm({ policy, onClose }: { policy: StockPolicy; onClose: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const isReadOnly = !can('ApproveStock');
  const [adjustmentLimit, setAdjustmentLimit] = useState(limitText(policy.adjustmentLimit));
  const [recountValue, setRecountValue] = useState(limitText(policy.recountValue));
  const [recountPercent, setRecountPercent] = useState(percentOf(policy.recountShare));
  const [days, setDays] = useState({
    A: String(policy.cycleDaysA),
    B: String(policy.cycleDaysB),
    C: String(policy.cycleDaysC),
  });
  const save = useSetStockPolicy(() => {
    toastDone(t('stockPolicy.saved'));
    onClose();
  });
  const recountShare = shareOf(recountPercent);
  const areDaysGood = CLASSES.every(
    (one) => /^[1-9]\d{0,3}$/.test(days[one]) && Number(days[one]) <= MOST_DAYS,
  );
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (recountShare === undefined) return;
    save.mutate({
      version: policy.version,
      adjustmentLimit: limitOf(adjustmentLimit),
      recountValue: limitOf(recountValue),
      recountShare,
      cycleDaysA: Number(days.A),
      cycleDaysB: Number(days.B),
      cycleDaysC: Number(days.C),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        {isReadOnly && <Text size="sm">{t('stockPolicy.readOnly')}</Text>}
        <ProblemAlert problem={save.error} notSaved={t('stockPolicy.notSaved')} />
        <DecimalInput
          label={t('stockPolicy.adjustmentLimit')}
          description={t('stockPolicy.adjustmentLimitHint')}
          readOnly={isReadOnly}
          value={adjustmentLimit}
          onChange={setAdjustmentLimit}
          // The form comes after the dialog has looked for where the cursor begins.
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <SimpleGrid cols={2} spacing="sm">
          <DecimalInput
            label={t('stockPolicy.recountShare')}
            description={t('stockPolicy.recountShareHint')}
            required
            readOnly={isReadOnly}
            value={recountPercent}
            onChange={setRecountPercent}
            error={recountShare === undefined ? t('stockPolicy.noShare') : undefined}
          />
          <DecimalInput
            label={t('stockPolicy.recountValue')}
            description={t('stockPolicy.recountValueHint')}
            readOnly={isReadOnly}
            value={recountValue}
            onChange={setRecountValue}
          />
        </SimpleGrid>
        <SimpleGrid cols={3} spacing="sm">
          {CLASSES.map((one) => (
            <TextInput
              key={one}
              label={t('stockPolicy.daysOf', { abc: one })}
              required
              dir="ltr"
              inputMode="numeric"
              maxLength={4}
              readOnly={isReadOnly}
              value={days[one]}
              onChange={(event) => {
                const value = event.currentTarget.value;
                setDays((before) => ({ ...before, [one]: value }));
              }}
            />
          ))}
        </SimpleGrid>
        {!isReadOnly && (
          <FormFoot
            isSaving={save.isPending}
            onCancel={onClose}
            disabled={recountShare === undefined || !areDaysGood}
          />
        )}
      </Stack>
    </form>
  );
}
