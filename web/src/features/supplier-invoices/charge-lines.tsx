import { Button, Group, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { EmptyView } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { DrugPicker } from '../shared/drug-picker';
import { QuantityIn } from '../shared/unit-text';
import { type DraftLine, slipsOf, withNet, withQuantity } from './invoice-draft.domain';

interface ChargeLinesProps {
  lines: readonly DraftLine[];
  decimals: number;
  onChange: (lines: readonly DraftLine[]) => void;
}

/** Lines of an invoice beside what was ordered and what came; what differs is marked while one types. */
export function ChargeLines({ lines, decimals, onChange }: ChargeLinesProps) {
  const { t } = useTranslation();
  const prefix = useId();
  const [added, setAdded] = useState(0);
  const change = (id: string, next: (line: DraftLine) => DraftLine) =>
    onChange(lines.map((line) => (line.id === id ? next(line) : line)));
  function add(line: Pick<DraftLine, 'name' | 'drugId'>): void {
    setAdded(added + 1);
    onChange([
      ...lines,
      { ...line, id: `${prefix}-${added}`, ordered: null, quantity: '', net: '', tax: '' },
    ]);
  }
  const columns: Column<DraftLine>[] = [
    { id: 'what', header: t('invoices.what'), cell: (line) => <What line={line} change={change} /> },
    {
      id: 'ordered',
      header: t('invoices.ordered'),
      numeric: true,
      cell: ({ ordered }) =>
        ordered && <QuantityIn value={ordered.quantityOrdered} unit={ordered.baseUnit} />,
    },
    {
      id: 'received',
      header: t('invoices.received'),
      numeric: true,
      cell: ({ ordered }) => ordered && <QuantityText value={ordered.quantityReceived} />,
    },
    {
      id: 'before',
      header: t('invoices.chargedBefore'),
      numeric: true,
      cell: ({ ordered }) => ordered && <QuantityText value={ordered.quantityCharged} />,
    },
    {
      id: 'quantity',
      header: t('invoices.invoiced'),
      cell: (line) =>
        (line.ordered !== null || line.drugId !== null) && (
          <DecimalInput
            aria-label={t('invoices.quantityOf', { name: line.name })}
            w={110}
            value={line.quantity}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(value) => change(line.id, (one) => withQuantity(one, value, decimals))}
          />
        ),
    },
    ...(['net', 'tax'] as const).map((field): Column<DraftLine> => ({
      id: field,
      header: t(`invoices.${field}`),
      cell: (line) => (
        <DecimalInput
          aria-label={t(field === 'net' ? 'invoices.netOf' : 'invoices.taxOf', { name: line.name })}
          w={120}
          value={line[field]}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(value) =>
            change(line.id, (one) =>
              field === 'net' ? withNet(one, value, decimals) : { ...one, tax: value },
            )
          }
        />
      ),
    })),
    {
      id: 'slips',
      header: t('invoices.differences'),
      cell: (line) => (
        <Group gap={4}>
          {slipsOf(line, decimals).map((code) => (
            <StatusBadge key={code} tone="warn">
              {t(`invoices.difference.${code}`)}
            </StatusBadge>
          ))}
        </Group>
      ),
    },
    {
      id: 'drop',
      header: t('invoices.drop'),
      hideHeader: true,
      cell: (line) =>
        line.ordered === null && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('invoices.dropOf', { name: line.name })}
            onClick={() => onChange(lines.filter((one) => one.id !== line.id))}
          >
            {t('invoices.drop')}
          </Button>
        ),
    },
  ];
  return (
    <Card flush label={t('invoices.lines')}>
      {lines.length === 0 ? (
        <EmptyView title={t('invoices.noLines')} hint={t('invoices.noLinesHint')} />
      ) : (
        <DataTable label={t('invoices.lines')} columns={columns} rows={lines} rowKey={(line) => line.id} />
      )}
      <Group p="sm" align="flex-end">
        <KeyButton
          combo="F4"
          variant="default"
          label={t('invoices.addOther')}
          onPress={() => add({ name: '', drugId: null })}
        />
        <div style={{ flex: 1, maxWidth: 420 }}>
          <DrugPicker
            label={t('invoices.addDrug')}
            value={null}
            clearAfterPick
            onChange={(drug) => drug && add({ name: drug.name, drugId: drug.drugId })}
          />
        </div>
      </Group>
    </Card>
  );
}

interface WhatProps {
  line: DraftLine;
  change: (id: string, next: (line: DraftLine) => DraftLine) => void;
}

/** What a line charges: a product by its name, anything else in words. */
function What({ line, change }: WhatProps) {
  const { t } = useTranslation();
  if (line.ordered !== null || line.drugId !== null) return <MixedText text={line.name} />;
  return (
    <TextInput
      aria-label={t('invoices.what')}
      maxLength={200}
      autoFocus={line.name === ''}
      value={line.name}
      onChange={(event) => {
        const name = event.currentTarget.value;
        change(line.id, (one) => ({ ...one, name }));
      }}
    />
  );
}
