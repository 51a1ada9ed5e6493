import { Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { CreditNote } from '../../api/after-sale-types';
import { MoneyText } from '../../ui/money-text';
import { decimalOrZero, formatMoney, type Thousandths } from '../../ui/money.domain';
import { useScan } from '../../ui/scan/scan';

const NUMBER = /^C\d{9}-[0-9A-F]{4}$/i;

/** What a credit note pays of `due`: all of it, or what is left of the note; zero where it is none. */
export function useCreditNote(
  number: string,
  due: Thousandths,
): { note: CreditNote | undefined; pays: Thousandths; isUnknown: boolean } {
  const wanted = number.trim().toUpperCase();
  const isWhole = NUMBER.test(wanted);
  const found = useQuery({
    queryKey: keys.creditNote(wanted),
    queryFn: ({ signal }) =>
      api.get<CreditNote>(`/credit-notes/by-number/${encodeURIComponent(wanted)}`, undefined, signal),
    enabled: isWhole,
    retry: false,
    staleTime: 0,
  });
  const note = isWhole ? found.data : undefined;
  const left = note && !note.isExpired ? decimalOrZero(note.balance) : 0n;
  return { note, pays: left < due ? left : due, isUnknown: wanted !== '' && (!isWhole || found.isError) };
}

interface CreditNoteFieldProps {
  value: string;
  onChange: (number: string) => void;
  found: ReturnType<typeof useCreditNote>;
}

/** The number of a credit note, typed or scanned, with what is left of it. */
export function CreditNoteField({ value, onChange, found: { note, pays, isUnknown } }: CreditNoteFieldProps) {
  const { t } = useTranslation();
  useScan(onChange, { takes: (code) => NUMBER.test(code) });
  return (
    <div>
      <TextInput
        label={t('creditNotes.redeem')}
        placeholder="C000000001-A1B2"
        dir="ltr"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={isUnknown && value.length >= 15 ? t('creditNotes.unknown') : undefined}
      />
      {note && (
        <Group gap={6} mt={4}>
          <Text size="sm">
            {t(note.isExpired ? 'creditNotes.expired' : 'creditNotes.balance')}{' '}
            <MoneyText value={note.balance} /> · {t('creditNotes.pays')}{' '}
            <MoneyText value={formatMoney(pays)} strong />
          </Text>
        </Group>
      )}
    </div>
  );
}
