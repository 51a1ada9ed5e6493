import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangeRates } from '../../api/types';
import { useSession } from '../../session/session';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useExchangeRates, useSetRates } from './shift-queries';

/** Rates of today: with them the till shows prices in another currency too, for today. */
export function RatesScreen() {
  const { t } = useTranslation();
  const rates = useExchangeRates();
  return (
    <Page title={t('nav.rates')} hint={rates.data && <DateText value={rates.data.date} />}>
      {rates.isPending && <LoadingRows />}
      {rates.isError && <ErrorView error={rates.error} retry={() => void rates.refetch()} />}
      {rates.data && <RatesForm key={rates.data.date} rates={rates.data} />}
    </Page>
  );
}

const EMPTY = { currency: '', rate: '' };

function RatesForm({ rates }: { rates: ExchangeRates }) {
  const { t } = useTranslation();
  const { branch } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [rows, setRows] = useState<{ currency: string; rate: string }[]>([
    ...rates.data.map(({ currency, rate }) => ({ currency, rate })),
    EMPTY,
  ]);
  const save = useSetRates(() => toastDone(t('rates.saved')));
  const change = (at: number, part: Partial<typeof EMPTY>) =>
    setRows((before) => before.map((row, index) => (index === at ? { ...row, ...part } : row)));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const filled = rows.filter((row) => row.currency !== '' && row.rate !== '');
    save.mutate({ rates: filled.map((row) => ({ ...row, decimals: decimalsOf(row.currency) })) });
  }

  return (
    <Card label={t('nav.rates')}>
      <form ref={form} onSubmit={onSubmit}>
        <Stack gap="sm" maw={460}>
          <Text size="sm" c="dimmed">
            {t('rates.hint', { currency: branch?.currency ?? '' })}
          </Text>
          <ProblemAlert problem={save.error} notSaved={t('rates.notSaved')} />
          {rows.map((row, index) => (
            <Group key={index} align="flex-end" grow>
              <TextInput
                label={t('rates.currency')}
                value={row.currency}
                onChange={(event) =>
                  change(index, { currency: event.currentTarget.value.toUpperCase().slice(0, 3) })
                }
                pattern="[A-Z]{3}"
                dir="ltr"
                autoFocus={index === 0}
              />
              <DecimalInput
                label={t('rates.rate', { currency: branch?.currency ?? '' })}
                value={row.rate}
                onChange={(rate) => change(index, { rate })}
                placeholder="0.00"
              />
            </Group>
          ))}
          <Group justify="space-between">
            <Button variant="default" onClick={() => setRows((before) => [...before, EMPTY])}>
              {t('common.add')}
            </Button>
            <KeyButton
              combo="F4"
              label={t('common.save')}
              loading={save.isPending}
              onPress={() => form.current?.requestSubmit()}
            />
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** Decimals of a currency's smallest unit, as the browser knows them. */
function decimalsOf(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return Math.min(3, maximumFractionDigits ?? 2);
  } catch {
    return 2;
  }
}
