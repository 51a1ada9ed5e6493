import { Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { CreditNote } from '../../api/after-sale-types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { Card, Page } from '../../ui/page';
import { StatusBadge } from '../../ui/status-badge';
import { usePrint } from '../shared/print';
import tillClasses from '../till/till.module.css';
import type { TakenBack } from './after-sale-queries';
import { workstationPrinter } from './workstation-printer';

/** What was given back and how, with the papers of it. */
export function ReturnDone({ done: { returned, sold } }: { done: TakenBack }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { printReceipt, printPage } = usePrint();
  const note = returned.payments.find(({ method }) => method === 'credit_note')?.reference ?? undefined;
  const given = returned.payments.filter(({ method }) => method !== 'exchange');

  const printed = useRef(false);
  const [returnId, soldId] = [returned.saleId, sold?.saleId];
  useEffect(() => {
    if (printed.current || workstationPrinter()?.prints !== 'always') return;
    printed.current = true;
    for (const saleId of [returnId, soldId]) if (saleId !== undefined) printReceipt(saleId);
  }, [returnId, soldId, printReceipt]);

  async function printNote(number: string): Promise<void> {
    const { creditNoteId } = await api.get<CreditNote>(
      `/credit-notes/by-number/${encodeURIComponent(number)}`,
    );
    printPage(`/credit-notes/${creditNoteId}/print`);
  }

  return (
    <Page title={t('takeBack.doneTitle')}>
      <Card label={t('takeBack.money')}>
        <Stack gap="md" maw={460}>
          <Group gap="sm">
            <StatusBadge tone="ok">{t('takeBack.done', { number: returned.saleNumber })}</StatusBadge>
            {sold && (
              <StatusBadge tone="ok">
                {t('pay.saleNumber')} <Ltr>{sold.saleNumber}</Ltr>
              </StatusBadge>
            )}
          </Group>
          {given.map((payment) => (
            <div className={tillClasses['pair']} key={payment.method}>
              <Text fw={600}>{t('takeBack.givenAs', { tender: t(`tender.${payment.method}`) })}</Text>
              <span className={tillClasses['big']} data-testid={`given-${payment.method}`}>
                <MoneyText value={formatMoney(-decimalOrZero(payment.amount))} />
              </span>
            </div>
          ))}
          {sold && (
            <div className={tillClasses['pair']}>
              <Text fw={600}>{t('pay.change')}</Text>
              <span className={tillClasses['big']}>
                <MoneyText value={sold.change} />
              </span>
            </div>
          )}
          {note !== undefined && (
            <Text>
              {t('takeBack.note')} <Ltr>{note}</Ltr>
            </Text>
          )}
          <Group gap="sm">
            <KeyButton
              combo="F8"
              label={t('takeBack.printReturn')}
              variant="default"
              onPress={() => printReceipt(returned.saleId)}
            />
            {sold && (
              <KeyButton
                combo="Alt+R"
                label={t('pay.receipt')}
                variant="default"
                onPress={() => printReceipt(sold.saleId)}
              />
            )}
            {note !== undefined && (
              <KeyButton
                combo="Alt+N"
                label={t('takeBack.printNote')}
                variant="default"
                onPress={() => void printNote(note)}
              />
            )}
            <Button
              autoFocus
              rightSection={<Keys combo="Enter" />}
              onClick={() => void navigate({ to: '/till' })}
            >
              {t('takeBack.toTill')}
            </Button>
          </Group>
        </Stack>
      </Card>
    </Page>
  );
}
