import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog';
import { DecimalInput } from '../../ui/decimal-input';
import { FormFoot } from '../../ui/form-foot';
import { formatMoney, parseDecimal } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useWitness, WitnessFields } from '../controlled/witness-fields';
import { useMoveCash } from './shift-queries';

export type CashWay = 'pay-in' | 'pay-out' | 'drop';

interface CashDialogProps {
  way: CashWay;
  shiftId: number;
  onClose: () => void;
}

/** Cash in, out, or into the safe: how much, why, and for the safe in which bag or before whom. */
export function CashDialog({ way, shiftId, onClose }: CashDialogProps) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [proof, setProof] = useState<'bag' | 'witness'>('bag');
  const [bagNumber, setBagNumber] = useState('');
  const witness = useWitness();
  const move = useMoveCash(shiftId, () => {
    toastDone(t(`shift.moved.${way}`));
    onClose();
  });
  const parsed = parseDecimal(amount);

  async function submit(): Promise<void> {
    const body = { amount: formatMoney(parsed ?? 0n), reason: reason.trim() };
    if (way !== 'drop') return move.mutate({ way, body });
    const said = { amount: body.amount, ...(body.reason === '' ? {} : { reason: body.reason }) };
    if (proof === 'bag') return move.mutate({ way, body: { ...said, bagNumber: bagNumber.trim() } });
    const token = await witness.confirm();
    if (token !== undefined) move.mutate({ way, body: { ...said, witness: token } });
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void submit();
  }

  return (
    <Dialog opened onClose={onClose} title={t(`shift.way.${way}`)}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={move.error} notSaved={t('shift.notMoved')} />
          <DecimalInput
            label={t('shift.amount')}
            value={amount}
            onChange={setAmount}
            required
            data-autofocus
            autoFocus
          />
          {way === 'drop' && (
            <>
              <SegmentedControl
                aria-label={t('shift.proof')}
                value={proof}
                onChange={(value) => setProof(value === 'witness' ? 'witness' : 'bag')}
                data={[
                  { value: 'bag', label: t('shift.byBag') },
                  { value: 'witness', label: t('shift.byWitness') },
                ]}
              />
              {proof === 'bag' ? (
                <TextInput
                  label={t('shift.bagNumber')}
                  value={bagNumber}
                  onChange={(event) => setBagNumber(event.currentTarget.value)}
                  maxLength={40}
                  required
                  dir="ltr"
                />
              ) : (
                <WitnessFields witness={witness} />
              )}
            </>
          )}
          <TextInput
            label={t('shift.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={300}
            required={way !== 'drop'}
          />
          <FormFoot
            isSaving={move.isPending || witness.isSigning}
            disabled={
              parsed === undefined ||
              parsed === 0n ||
              (way === 'drop' && proof === 'witness' && !witness.isReady)
            }
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
