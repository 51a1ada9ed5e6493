import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderLine, PurchaseOrder } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { moveThroughRows } from '../../ui/row-keys';
import { StatusBadge } from '../../ui/status-badge';
import { useUnitName } from '../shared/unit-text';
import { codesOf } from './delivery-packs.domain';
import { freeBeyond } from './delivery-free.domain';
import { FreeReason } from './free-reason';
import { addEntry, dropEntry, inUnit, lackingOf, lineSums, splitFree } from './delivery.domain';
import type { Counted, Entry } from './delivery.types';
import { InOrderUnit } from './order-texts';
import classes from './procurement.module.css';
import { type DeliveryDesk, fieldId, focusOn, SCAN_FIELD } from './use-delivery-desk';

type Row =
  | { readonly kind: 'line'; readonly line: OrderLine }
  | { readonly kind: 'entry'; readonly line: OrderLine; readonly entry: Entry };

interface TableProps {
  desk: DeliveryDesk;
  order: PurchaseOrder;
  today: string;
}

/** Every line of the order, ordered, received and short, and under it the lots that came. */
export function DeliveryTable({ desk, order, today }: TableProps) {
  const { t } = useTranslation();
  const { entries } = desk.delivery;
  const counted = splitFree(entries, order.lines);
  const rows = order.lines.flatMap((line): Row[] => [
    { kind: 'line', line },
    ...entries
      .filter((entry) => entry.purchaseOrderItemId === line.purchaseOrderItemId)
      .map((entry): Row => ({ kind: 'entry', line, entry })),
  ]);
  const beyond = (line: OrderLine) => freeBeyond(desk.delivery, line, counted, order.overReceiptTolerance);
  const columns = useColumns(desk, counted, beyond, today);
  return (
    <div onKeyDown={moveThroughRows}>
      <DataTable
        label={t('procurement.delivery')}
        columns={columns}
        rows={rows}
        rowKey={(row) =>
          row.kind === 'line' ? `line ${row.line.purchaseOrderItemId}` : `entry ${row.entry.key}`
        }
        selectedKey={desk.delivery.last ? `entry ${desk.delivery.last.key}` : undefined}
      />
    </div>
  );
}

function useColumns(
  desk: DeliveryDesk,
  counted: ReadonlyMap<number, Counted>,
  /** Of a line, base units that come free beyond what was ordered. */
  beyond: (line: OrderLine) => bigint,
  today: string,
): Column<Row>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'product',
      header: t('procurement.productAndLot'),
      cell: (row) =>
        row.kind === 'line' ? (
          <LineName desk={desk} line={row.line} beyond={beyond(row.line)} />
        ) : (
          <LotField desk={desk} entry={row.entry} />
        ),
    },
    {
      id: 'expiry',
      header: t('stock.expiry'),
      cell: (row) => (row.kind === 'line' ? null : <ExpiryField desk={desk} entry={row.entry} />),
    },
    {
      id: 'ordered',
      header: t('procurement.ordered'),
      numeric: true,
      cell: (row) => row.kind === 'line' && <Ordered line={row.line} />,
    },
    {
      id: 'before',
      header: t('procurement.receivedBefore'),
      numeric: true,
      cell: (row) =>
        row.kind === 'line' && (
          <InOrderUnit
            base={decimalOrZero(row.line.quantityReceived) + decimalOrZero(row.line.quantityBonusReceived)}
            line={row.line}
          />
        ),
    },
    {
      id: 'now',
      header: t('procurement.now'),
      numeric: true,
      cell: (row) =>
        row.kind === 'line' ? (
          <strong>
            <InOrderUnit base={lineSums(row.line, desk.delivery.entries, counted).now} line={row.line} />
          </strong>
        ) : (
          <QuantityField desk={desk} entry={row.entry} line={row.line} />
        ),
    },
    {
      id: 'free',
      header: t('procurement.free'),
      numeric: true,
      cell: (row) =>
        row.kind === 'entry' && (
          <FreeField desk={desk} entry={row.entry} line={row.line} counted={counted.get(row.entry.key)} />
        ),
    },
    {
      id: 'state',
      header: t('stock.status'),
      cell: (row) =>
        row.kind === 'line' ? (
          <LineState line={row.line} desk={desk} counted={counted} />
        ) : (
          <EntryState desk={desk} entry={row.entry} line={row.line} today={today} />
        ),
    },
  ];
}

/** The product; pressed, a lot of it is written down by hand. */
function LineName({ desk, line, beyond }: { desk: DeliveryDesk; line: OrderLine; beyond: bigint }) {
  return (
    <>
      <LineButton desk={desk} line={line} />
      {beyond > 0n && <FreeReason desk={desk} line={line} beyond={beyond} />}
    </>
  );
}

function LineButton({ desk, line }: { desk: DeliveryDesk; line: OrderLine }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={rowLinkClass}
      data-row-link
      title={t('procurement.byHand')}
      onClick={() => {
        const whole = inUnit(decimalOrZero(line.quantityOpen), line.unitBaseUnits);
        const given =
          whole === undefined
            ? { quantity: formatDecimal(decimalOrZero(line.quantityOpen)), inBaseUnits: true }
            : { quantity: whole === '0' ? '' : whole };
        const next = addEntry(desk.delivery, line.purchaseOrderItemId, given);
        desk.step(next);
        focusOn(fieldId('lot', next.nextKey - 1));
      }}
    >
      <Ltr>{line.lineNo}</Ltr> · <MixedText text={line.drugName} />
    </button>
  );
}

function Ordered({ line }: { line: OrderLine }) {
  const { t } = useTranslation();
  const bonus = decimalOrZero(line.quantityBonus);
  return (
    <>
      <InOrderUnit base={decimalOrZero(line.quantityOrdered)} line={line} />
      {bonus > 0n && (
        <Text size="xs" c="dimmed">
          + <InOrderUnit base={bonus} line={line} /> {t('procurement.freeWord')}
        </Text>
      )}
    </>
  );
}

/** Enter goes on to the next field, and from the last back to where one scans. */
const onEnter = (next: string) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  focusOn(next);
};

interface FieldProps {
  desk: DeliveryDesk;
  entry: Entry;
}

function LotField({ desk, entry }: FieldProps) {
  const { t } = useTranslation();
  return (
    <div className={classes['under']}>
      <TextInput
        id={fieldId('lot', entry.key)}
        aria-label={t('procurement.lotOfEntry', { no: entry.key })}
        leftSection={
          <Text size="xs" c="dimmed" aria-hidden="true">
            {t('procurement.lotShort')}
          </Text>
        }
        leftSectionWidth={58}
        w={220}
        dir="ltr"
        maxLength={60}
        value={entry.lotNumber}
        error={entry.lotNumber.trim() === ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          desk.change(entry.key, { lotNumber: value, isLotSaid: value.trim() !== '' });
        }}
        onKeyDown={onEnter(fieldId('expiry', entry.key))}
      />
    </div>
  );
}

function ExpiryField({ desk, entry }: FieldProps) {
  const { t } = useTranslation();
  return (
    <Group gap={8} wrap="nowrap">
      <TextInput
        id={fieldId('expiry', entry.key)}
        aria-label={t('procurement.expiryOfEntry', { no: entry.key })}
        type="date"
        w={140}
        disabled={entry.hasNoExpiry}
        value={entry.expiryDate}
        error={entry.expiryDate === '' && !entry.hasNoExpiry}
        onChange={(event) => desk.change(entry.key, { expiryDate: event.currentTarget.value })}
        onKeyDown={onEnter(fieldId('quantity', entry.key))}
      />
      {entry.expiryDate === '' && (
        <Checkbox
          size="xs"
          label={t('procurement.noExpiry')}
          checked={entry.hasNoExpiry}
          onChange={(event) => desk.change(entry.key, { hasNoExpiry: event.currentTarget.checked })}
        />
      )}
    </Group>
  );
}

function useUnitOf(): (entry: Entry, line: OrderLine) => string {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  return (entry, line) => {
    if (entry.inBaseUnits || line.level === 'unit') return nameOfUnit(line.baseUnit, entry.quantity || '1');
    return t(`procurement.level.${line.level}`, { count: Number.parseFloat(entry.quantity || '1') });
  };
}

function QuantityField({ desk, entry, line }: FieldProps & { line: OrderLine }) {
  const { t } = useTranslation();
  const unitOf = useUnitOf();
  return (
    <DecimalInput
      id={fieldId('quantity', entry.key)}
      aria-label={t('procurement.quantityOfEntry', { no: entry.key })}
      w={150}
      ms="auto"
      maxLength={13}
      value={entry.quantity}
      rightSectionWidth={76}
      rightSection={
        <Text size="xs" c="dimmed">
          {unitOf(entry, line)}
        </Text>
      }
      onChange={(quantity) => desk.change(entry.key, { quantity })}
      onKeyDown={onEnter(SCAN_FIELD)}
    />
  );
}

/** How much of it is free; what is worked out stands there until somebody says otherwise. */
function FreeField({
  desk,
  entry,
  line,
  counted,
}: FieldProps & { line: OrderLine; counted: Counted | undefined }) {
  const { t } = useTranslation();
  const free = counted?.free ?? 0n;
  const shown = entry.inBaseUnits ? formatDecimal(free) : (inUnit(free, line.unitBaseUnits) ?? '');
  return (
    <DecimalInput
      id={fieldId('free', entry.key)}
      aria-label={t('procurement.freeOfEntry', { no: entry.key })}
      w={70}
      ms="auto"
      maxLength={13}
      value={entry.free}
      placeholder={shown}
      onChange={(value) => desk.change(entry.key, { free: value })}
      onKeyDown={onEnter(SCAN_FIELD)}
    />
  );
}

function LineState({
  line,
  desk,
  counted,
}: {
  line: OrderLine;
  desk: DeliveryDesk;
  counted: ReadonlyMap<number, Counted>;
}) {
  const { t } = useTranslation();
  const { now, short, over } = lineSums(line, desk.delivery.entries, counted);
  if (over > 0n)
    return (
      <StatusBadge tone="warn">
        {t('procurement.over')} <InOrderUnit base={over} line={line} />
      </StatusBadge>
    );
  if (short === 0n) return <StatusBadge tone="ok">{t('procurement.complete')}</StatusBadge>;
  return (
    <StatusBadge tone={now === 0n ? 'neutral' : 'info'}>
      {t('procurement.short')} <InOrderUnit base={short} line={line} />
    </StatusBadge>
  );
}

function EntryState({ desk, entry, line, today }: FieldProps & { line: OrderLine; today: string }) {
  const { t } = useTranslation();
  const codes = codesOf(entry.packs).length;
  const lacking = lackingOf(entry, today, line.unitBaseUnits);
  return (
    <Group gap={6} maw={260}>
      {lacking !== undefined && lacking !== 'short' && (
        <StatusBadge tone="stop">{t(`procurement.lacking.${lacking}`)}</StatusBadge>
      )}
      {entry.isShort && (
        <StatusBadge tone="warn">
          {t(entry.asksShort ? 'procurement.lacking.short' : 'procurement.isShort')}
        </StatusBadge>
      )}
      {codes > 0 && <StatusBadge tone="neutral">{t('procurement.serialsOf', { count: codes })}</StatusBadge>}
      {entry.isRecalled && <StatusBadge tone="warn">{t('procurement.isRecalled')}</StatusBadge>}
      {entry.asksShort && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => desk.change(entry.key, { asksShort: false })}
        >
          {t('procurement.takeShort')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={t('procurement.dropEntry', { no: entry.key })}
        onClick={() => desk.step(dropEntry(desk.delivery, entry.key))}
      >
        {t('procurement.drop')}
      </Button>
    </Group>
  );
}
