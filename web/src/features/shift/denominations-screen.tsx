import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CashDenominations } from '../../api/types';
import { useSession } from '../../session/session';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { cleanZeros, formatMoney, parseDecimal } from '../../ui/money.domain';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useDenominations, useSetDenominations } from './shift-queries';

type Row = CashDenominations['data'][number];
const KINDS = ['note', 'coin'] as const;
const EMPTY: Row = { denomination: '', kind: 'note' };

/** Which notes and coins of the currency are counted, at every branch that has it. */
export function DenominationsScreen() {
  const { t } = useTranslation();
  const { branch } = useSession();
  const denominations = useDenominations();
  return (
    <Page title={t('nav.denominations')} hint={branch?.currency}>
      {denominations.isPending && <LoadingRows />}
      {denominations.isError && (
        <ErrorView error={denominations.error} retry={() => void denominations.refetch()} />
      )}
      {denominations.data && <DenominationsForm rows={denominations.data.data} />}
    </Page>
  );
}

function DenominationsForm({ rows: known }: { rows: readonly Row[] }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [rows, setRows] = useState<readonly Row[]>([
    ...known.map((row) => ({ ...row, denomination: cleanZeros(row.denomination) })),
    EMPTY,
  ]);
  const save = useSetDenominations(() => toastDone(t('denominations.saved')));
  const change = (at: number, part: Partial<Row>) =>
    setRows((before) => before.map((row, index) => (index === at ? { ...row, ...part } : row)));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      data: rows.flatMap(({ denomination, kind }) => {
        const value = parseDecimal(denomination);
        return value === undefined || value === 0n ? [] : [{ denomination: formatMoney(value), kind }];
      }),
    });
  }

  return (
    <Card label={t('nav.denominations')}>
      <form ref={form} onSubmit={onSubmit}>
        <Stack gap="sm" maw={460}>
          <Text size="sm" c="dimmed">
            {t('denominations.hint')}
          </Text>
          <ProblemAlert problem={save.error} notSaved={t('denominations.notSaved')} />
          {rows.map((row, index) => (
            <Group key={index} grow>
              <DecimalInput
                aria-label={t('shift.denomination')}
                value={row.denomination}
                onChange={(denomination) => change(index, { denomination })}
                autoFocus={index === 0}
              />
              <NativeSelect
                aria-label={t('denominations.kind')}
                value={row.kind}
                onChange={(event) =>
                  change(index, { kind: KINDS.find((one) => one === event.currentTarget.value) ?? 'note' })
                }
                data={KINDS.map((value) => ({ value, label: t(`shift.kind.${value}`) }))}
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
