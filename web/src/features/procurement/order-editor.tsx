import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { BarcodeAnswer, PurchaseOrder } from '../../api/types';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { DecimalInput } from '../../ui/decimal-input';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { DrugPicker } from '../shared/drug-picker';
import { toHit } from '../shared/names';
import { EndDialog } from './order-actions';
import {
  addLine,
  changeLine,
  draftOf,
  lackingLine,
  type Orderable,
  orderBody,
  type OrderDraft,
} from './order-draft.domain';
import { discountOf, liveFigures } from './order-figures.domain';
import { cleanDiscount, LineTable, lineFieldId } from './order-line-fields';
import { OrderHint } from './order-texts';
import { OrderTotals } from './order-totals';
import classes from './procurement.module.css';
import { useOrderCommand, useSaveOrder } from './procurement-queries';
import { focusOn } from './use-delivery-desk';

/** A draft while it is written: F3 or a scan adds a line, Enter goes through its fields, totals are those the server will say. */
export function OrderEditor({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { branch } = useSession();
  const picker = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(() => draftOf(order));
  const [kept, setKept] = useState({ version: order.version, body: bodyText(draftOf(order)) });
  const [isEnding, setIsEnding] = useState(false);
  const [scanProblem, setScanProblem] = useState<Problem>();
  const save = useSaveOrder(order.purchaseOrderId);
  const submit = useOrderCommand<{ version: number }>(order.purchaseOrderId, 'submit', () =>
    toastDone(t('procurement.submitted')),
  );
  const figures = liveFigures(draft.lines, draft, branch?.currencyDecimals ?? 2);
  const isChanged = bodyText(draft) !== kept.body;
  const isBusy = save.isPending || submit.isPending;

  function add(drug: Orderable): void {
    const { nextKey } = draft;
    flushSync(() => setDraft((before) => addLine(before, drug)));
    announce(drug.name);
    focusOn(lineFieldId('quantity', nextKey));
  }

  async function takeScan(code: string): Promise<void> {
    try {
      const { drug } = await api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`);
      setScanProblem(undefined);
      beep('ok');
      const there = draft.lines.find(({ drugId }) => drugId === drug.drugId);
      if (there) focusOn(lineFieldId('quantity', there.key));
      else add(toHit(drug));
    } catch (error) {
      beep('refused');
      setScanProblem(asProblem(error));
    }
  }
  useScan((code) => void takeScan(code));
  const toPicker = () => picker.current?.focus();
  useKeys([{ combo: 'F3', label: t('stock.focusDrug'), run: toPicker }]);

  /** Keeps what is written; undefined where it cannot be, which is said where it is wrong. */
  async function keep(): Promise<PurchaseOrder | undefined> {
    const lacking = lackingLine(draft);
    if (lacking || !figures) {
      if (lacking) focusOn(lineFieldId(lacking.field, lacking.key));
      announce(t('procurement.notReadable'));
      return undefined;
    }
    try {
      const saved = await save.mutateAsync(orderBody(draft, kept.version));
      const fresh = draftOf(saved);
      setDraft(fresh);
      setKept({ version: saved.version, body: bodyText(fresh) });
      return saved;
    } catch {
      // The refusal stands in `save.error`, above the lines.
      return undefined;
    }
  }

  async function onSave(): Promise<void> {
    if (await keep()) toastDone(t('procurement.saved'));
  }

  async function onSubmit(): Promise<void> {
    const now = isChanged ? await keep() : { version: kept.version };
    if (now) submit.mutate({ version: now.version });
  }

  return (
    <Page
      title={t('procurement.titleOf', { no: order.orderNumber })}
      hint={<OrderHint order={order} />}
      actions={
        <Group gap="sm" justify="flex-end">
          {isChanged && <StatusBadge tone="warn">{t('procurement.unsaved')}</StatusBadge>}
          <Button variant="default" onClick={() => setIsEnding(true)}>
            {t('procurement.do.cancel')}
          </Button>
          <KeyButton
            combo="F9"
            variant="default"
            label={t('common.save')}
            disabled={!isChanged}
            loading={save.isPending}
            onPress={() => void onSave()}
          />
          <KeyButton
            combo="F4"
            label={t('procurement.submit')}
            disabled={draft.lines.length === 0}
            loading={isBusy}
            onPress={() => void onSubmit()}
          />
        </Group>
      }
    >
      <ProblemAlert
        problem={save.error ?? submit.error ?? scanProblem}
        notSaved={t('procurement.notSaved')}
      />
      {save.error?.code === 'stale-version' && (
        <Group>
          <Button variant="default" onClick={() => void navigate({ to: '/purchasing' })}>
            {t('procurement.toOrders')}
          </Button>
        </Group>
      )}
      <Card flush label={t('procurement.lines')}>
        <LineTable
          lines={draft.lines}
          nets={figures?.nets}
          onChange={(key, change) => setDraft((before) => changeLine(before, key, change))}
          onDrop={(key) => {
            setDraft((before) => ({ ...before, lines: before.lines.filter((one) => one.key !== key) }));
            toPicker();
          }}
          onLast={toPicker}
        />
        <Stack p="sm">
          <DrugPicker
            ref={picker}
            label={t('procurement.addProduct')}
            combo="F3"
            autoFocus
            value={null}
            clearAfterPick
            onChange={(drug) => drug && add(drug)}
          />
        </Stack>
      </Card>
      <div className={classes['foot']}>
        <Header draft={draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} />
        <Card label={t('procurement.totals')}>
          {figures ? (
            <OrderTotals figures={figures} />
          ) : (
            <Text c="dimmed">{t('procurement.notReadable')}</Text>
          )}
        </Card>
      </div>
      <EndDialog order={order} ending={isEnding ? 'cancel' : undefined} onClose={() => setIsEnding(false)} />
    </Page>
  );
}

/** What is compared to know whether something was changed. */
const bodyText = (draft: OrderDraft): string => JSON.stringify(orderBody(draft, 1));

type HeaderFields = Pick<OrderDraft, 'discount' | 'landedCost' | 'expectedOn' | 'notes'>;

function Header({
  draft,
  onChange,
}: {
  draft: OrderDraft;
  onChange: (change: Partial<HeaderFields>) => void;
}) {
  const { t } = useTranslation();
  return (
    <Card label={t('procurement.terms')}>
      <Group grow align="flex-start">
        <TextInput
          label={t('procurement.orderDiscount')}
          description={t('procurement.discountHint')}
          dir="ltr"
          inputMode="decimal"
          maxLength={13}
          value={draft.discount}
          error={discountOf(draft.discount) === undefined}
          onChange={(event) => onChange({ discount: cleanDiscount(event.currentTarget.value) })}
        />
        <DecimalInput
          label={t('procurement.landedCost')}
          description={t('procurement.landedHint')}
          maxLength={13}
          value={draft.landedCost}
          onChange={(landedCost) => onChange({ landedCost })}
        />
        <TextInput
          label={t('procurement.expected')}
          description={t('procurement.expectedHint')}
          type="date"
          value={draft.expectedOn}
          onChange={(event) => onChange({ expectedOn: event.currentTarget.value })}
        />
      </Group>
      <TextInput
        mt="sm"
        label={t('procurement.note')}
        maxLength={2000}
        value={draft.notes}
        onChange={(event) => onChange({ notes: event.currentTarget.value })}
      />
    </Card>
  );
}
