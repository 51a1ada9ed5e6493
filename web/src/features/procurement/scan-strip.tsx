import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugDetail, PurchaseOrder } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ReceiveDialog } from '../inventory/receive-dialog';
import { toHit } from '../shared/names';
import { baseOf, changeEntry } from './delivery.domain';
import { InOrderUnit } from './order-texts';
import classes from './procurement.module.css';
import { type DeliveryDesk, lineOf, SCAN_FIELD, type Stop } from './use-delivery-desk';

interface StripProps {
  desk: DeliveryDesk;
  order: PurchaseOrder;
  onRefuse: () => void;
}

/** Where scans are answered: what was counted, or why it was not. A code can be typed here, and "*24" makes 24 packs of the last. */
export function ScanStrip({ desk, order, onRefuse }: StripProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useKeys([
    { combo: '/', label: t('procurement.toScanField'), run: () => field.current?.focus() },
    {
      combo: '*',
      label: t('procurement.multiply'),
      run: () => {
        setText('*');
        field.current?.focus();
      },
    },
  ]);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '') desk.enter(text.trim());
    setText('');
  }
  return (
    <Card label={t('procurement.scan')}>
      <div className={classes['strip']}>
        <form onSubmit={onSubmit}>
          <TextInput
            id={SCAN_FIELD}
            ref={field}
            size="md"
            label={t('procurement.scan')}
            description={t('procurement.scanHint')}
            dir="ltr"
            autoComplete="off"
            autoFocus
            maxLength={500}
            rightSection={<Keys combo="/" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </form>
        <div className={classes['answer']} aria-busy={desk.isReading}>
          {desk.stop ? (
            <Stopped desk={desk} stop={desk.stop} onRefuse={onRefuse} />
          ) : desk.problem ? (
            <ProblemAlert problem={desk.problem} notSaved={t('procurement.notCounted')} />
          ) : (
            <Counted desk={desk} order={order} />
          )}
        </div>
      </div>
    </Card>
  );
}

/** What the last scan counted, large enough to be read from the shelf. */
function Counted({ desk, order }: { desk: DeliveryDesk; order: PurchaseOrder }) {
  const { t } = useTranslation();
  const { delivery } = desk;
  const entry = delivery.entries.find(({ key }) => key === delivery.last?.key);
  const line = entry && lineOf(order, entry.purchaseOrderItemId);
  if (!entry || !line)
    return (
      <Text c="dimmed" size="lg">
        {t(delivery.entries.length > 0 ? 'procurement.scanNext' : 'procurement.scanFirst')}
      </Text>
    );
  return (
    <Stack gap={2}>
      <Text fw={650} className={classes['name']}>
        <MixedText text={line.drugName} />
      </Text>
      <Group gap="lg" className={classes['facts']}>
        <strong>
          <InOrderUnit base={baseOf(entry, entry.quantity, line.unitBaseUnits)} line={line} />
        </strong>
        <span>
          {t('stock.lot')}{' '}
          <strong>{entry.lotNumber === '' ? t('common.none') : <Ltr>{entry.lotNumber}</Ltr>}</strong>
        </span>
        <span>
          {t('stock.expiry')}{' '}
          <strong>
            <DateText value={entry.expiryDate} />
          </strong>
        </span>
        {entry.packs.length > 0 && (
          <span>
            {t('procurement.serial')}{' '}
            <strong>
              <Ltr>{entry.packs.at(-1)?.serial}</Ltr>
            </strong>
          </span>
        )}
      </Group>
    </Stack>
  );
}

function Stopped({ desk, stop, onRefuse }: { desk: DeliveryDesk; stop: Stop; onRefuse: () => void }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  if (stop.kind === 'no-multiple')
    return <Notice tone="stop" role="alert" title={t('procurement.stop.no-multiple')} />;
  const { scanned } = stop;
  const { drugId } = scanned;
  return (
    <Notice
      tone={stop.kind === 'short' ? 'warn' : 'stop'}
      role="alert"
      title={t(`procurement.stop.${stop.kind}`)}
    >
      <Stack gap="xs">
        <Text size="sm">
          {scanned.drugName !== null && <MixedText text={scanned.drugName} />}
          {scanned.lotNumber !== null && (
            <>
              {' · '}
              {t('stock.lot')} <Ltr>{scanned.lotNumber}</Ltr>
            </>
          )}
          {scanned.expiryDate !== null && (
            <>
              {' · '}
              <DateText value={scanned.expiryDate} />
            </>
          )}
        </Text>
        <Group gap="xs">
          {stop.kind === 'short' && (
            <KeyButton
              combo="F6"
              size="xs"
              variant="default"
              label={t('procurement.takeShort')}
              onPress={() => {
                desk.step(changeEntry(desk.delivery, stop.key, { asksShort: false }));
                desk.letGo();
              }}
            />
          )}
          {drugId !== null && stop.kind !== 'twice' && stop.kind !== 'full' && (
            <Button size="xs" variant="default" onClick={onRefuse}>
              {t('procurement.refuseIt')}
            </Button>
          )}
          {stop.kind === 'not-ordered' && (
            <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
              {t('procurement.withoutOrder')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={desk.letGo}>
            {t('procurement.putAside')}
          </Button>
        </Group>
      </Stack>
      {drugId !== null && isOpen && <WithoutOrder drugId={drugId} onClose={() => setIsOpen(false)} />}
    </Notice>
  );
}

/** What nobody ordered can be taken in by itself, as every delivery without an order. */
function WithoutOrder({ drugId, onClose }: { drugId: number; onClose: () => void }) {
  const drug = useQuery({
    queryKey: keys.drug(drugId),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${drugId}`, undefined, signal),
    select: toHit,
  });
  return drug.data ? <ReceiveDialog opened initialDrug={drug.data} onClose={onClose} /> : null;
}
