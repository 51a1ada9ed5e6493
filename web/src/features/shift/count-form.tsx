import { Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CashDenominations } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { formatMoney, parseDecimal } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { type PiecesTyped, piecesOf, worthOf } from './pieces.domain';
import { PiecesFields } from './pieces-fields';
import { useCountDrawer } from './shift-queries';

interface CountFormProps {
  shiftId: number;
  denominations: CashDenominations['data'];
  /** True: it was counted once, and why it is counted again must be said. */
  isAgain: boolean;
  onCounted: () => void;
}

const money = (typed: string): string => formatMoney(parseDecimal(typed) ?? 0n);

/** The blind count: notes and coins, slips. Nothing on it says what should be there. */
export function CountForm({ shiftId, denominations, isAgain, onCounted }: CountFormProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<PiecesTyped>({});
  const [loose, setLoose] = useState('');
  const [card, setCard] = useState('');
  const [mobile, setMobile] = useState('');
  const [recountReason, setRecountReason] = useState('');
  const count = useCountDrawer(shiftId, onCounted);
  const pieces = piecesOf(typed);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const cash =
      denominations.length > 0
        ? { method: 'cash' as const, counted: formatMoney(worthOf(typed)), pieces }
        : { method: 'cash' as const, counted: money(loose) };
    count.mutate({
      counts: [
        cash,
        ...(card === '' ? [] : [{ method: 'card' as const, counted: money(card) }]),
        ...(mobile === '' ? [] : [{ method: 'mobile' as const, counted: money(mobile) }]),
      ],
      ...(isAgain ? { recountReason: recountReason.trim() } : {}),
    });
  }

  return (
    <form ref={form} onSubmit={onSubmit} aria-label={t('shift.count')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('shift.blindHint')}
        </Text>
        <ProblemAlert problem={count.error} notSaved={t('shift.notCounted')} />
        {denominations.length > 0 ? (
          <PiecesFields denominations={denominations} typed={typed} onChange={setTyped} />
        ) : (
          <DecimalInput label={t('shift.countedCash')} value={loose} onChange={setLoose} required autoFocus />
        )}
        <Group grow>
          <DecimalInput label={t('shift.countedCard')} value={card} onChange={setCard} placeholder="0.00" />
          <DecimalInput
            label={t('shift.countedMobile')}
            value={mobile}
            onChange={setMobile}
            placeholder="0.00"
          />
        </Group>
        {isAgain && (
          <TextInput
            label={t('shift.recountReason')}
            value={recountReason}
            onChange={(event) => setRecountReason(event.currentTarget.value)}
            maxLength={300}
            required
          />
        )}
        <Group justify="flex-end">
          <KeyButton
            combo="F4"
            label={t('shift.recordCount')}
            loading={count.isPending}
            onPress={() => form.current?.requestSubmit()}
          />
        </Group>
      </Stack>
    </form>
  );
}
