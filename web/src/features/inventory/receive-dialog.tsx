import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BarcodeAnswer, DrugHit } from '../../api/types';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { toastDone } from '../../ui/toasts';
import { useWitness, WitnessFields } from '../controlled/witness-fields';
import { DrugPicker } from '../shared/drug-picker';
import { toHit } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import { useReceive } from './inventory-queries';

interface ReceiveDialogProps {
  opened: boolean;
  initialDrug: DrugHit | null;
  onClose: () => void;
}

/** Books one lot in; scanning a GS1 DataMatrix fills product, lot and expiry. */
export function ReceiveDialog({ opened, initialDrug, onClose }: ReceiveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('stock.receive')}>
      <ReceiveForm initialDrug={initialDrug} onClose={onClose} />
    </Dialog>
  );
}

function ReceiveForm({ initialDrug, onClose }: { initialDrug: DrugHit | null; onClose: () => void }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const [drug, setDrug] = useState<DrugHit | null>(initialDrug);
  const [lotNumber, setLotNumber] = useState('');
  const [expiryDate, setExpiryDate] = useState('');
  const [quantity, setQuantity] = useState('');
  const [unitCost, setUnitCost] = useState('');
  const [scanned, setScanned] = useState<{ drugId: number; codes: readonly string[] }>();
  const [scanProblem, setScanProblem] = useState<Problem>();
  const witness = useWitness();
  const receive = useReceive(() => {
    toastDone(t('stock.received'));
    onClose();
  });

  useScan((code) => {
    api
      .get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`)
      .then((answer) => {
        setScanProblem(undefined);
        setDrug(toHit(answer.drug));
        const { drugId } = answer.drug;
        // Packs of another product belong to another line; the same pack twice is one.
        if (answer.serialNumber)
          setScanned((before) => ({
            drugId,
            codes: [...new Set([...(before?.drugId === drugId ? before.codes : []), code])],
          }));
        if (answer.lotNumber) setLotNumber(answer.lotNumber);
        if (answer.expiryDate) setExpiryDate(answer.expiryDate);
        beep('ok');
      })
      .catch((error: unknown) => {
        setScanProblem(asProblem(error));
        beep('refused');
      });
  });

  const packs = scanned !== undefined && scanned.drugId === drug?.drugId ? scanned.codes : [];

  // Asked for once the server says that two people receive this.
  const asksWitness = receive.error?.code === 'witness-required' || witness.username !== '';

  async function submit(): Promise<void> {
    if (!drug) return;
    const token = asksWitness ? await witness.confirm() : undefined;
    if (asksWitness && token === undefined) return;
    receive.mutate(
      {
        items: [
          {
            drugId: drug.drugId,
            lotNumber: lotNumber.trim(),
            expiryDate,
            quantity,
            unitCost,
            packs: [...packs],
          },
        ],
        ...(token === undefined ? {} : { witness: token }),
      },
      { onError: (problem) => problem.code === 'witness-refused' && witness.again() },
    );
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void submit();
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={receive.error ?? scanProblem} notSaved={t('stock.notReceived')} />
        <DrugPicker
          label={t('stock.drug')}
          description={t('stock.scanHint')}
          required
          autoFocus
          value={drug}
          onChange={setDrug}
        />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('stock.lot')}
            required
            maxLength={60}
            dir="ltr"
            value={lotNumber}
            onChange={(event) => setLotNumber(event.currentTarget.value)}
          />
          <TextInput
            label={t('stock.expiry')}
            type="date"
            required
            min={todayLocal()}
            value={expiryDate}
            onChange={(event) => setExpiryDate(event.currentTarget.value)}
          />
          <DecimalInput
            label={drug ? t('stock.quantityIn', { unit: nameOfUnit(drug.baseUnit) }) : t('stock.quantity')}
            required
            value={quantity}
            onChange={setQuantity}
          />
          <DecimalInput label={t('stock.unitCostOf')} required value={unitCost} onChange={setUnitCost} />
        </SimpleGrid>
        {packs.length > 0 && <Text size="sm">{t('stock.packsScanned', { packs: packs.length })}</Text>}
        {asksWitness && <WitnessFields witness={witness} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={receive.isPending || witness.isSigning}
            disabled={drug === null || (asksWitness && !witness.isReady)}
          >
            {t('stock.receiveSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
