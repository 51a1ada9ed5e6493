import { NativeSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { BarcodeAnswer, DrugHit, RecallHead } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { useLots } from '../inventory/inventory-queries';
import { DrugPicker } from '../shared/drug-picker';
import { toHit } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { impactOf } from './recall-impact.domain';
import { useInTransit, useOpenRecall } from './recall-queries';

const CLASSES = ['I', 'II', 'III'] as const;
const LEAST_REASON = 3;
const MOST_LOTS = 100;

/** Calls back a lot, or all of a product; what it sets aside is said before. */
export function NewRecallDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('recall.new')}>
      <NewRecallForm onClose={onClose} />
    </Dialog>
  );
}

function NewRecallForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [drug, setDrug] = useState<DrugHit | null>(null);
  const [lotNumber, setLotNumber] = useState('');
  const [recallClass, setRecallClass] = useState<RecallHead['recallClass']>('II');
  const [reason, setReason] = useState('');
  const [notice, setNotice] = useState('');
  const [scanProblem, setScanProblem] = useState<Problem>();
  const open = useOpenRecall(({ recallId }) => {
    onClose();
    void navigate({ to: '/inventory/recalls/$recallId', params: { recallId: String(recallId) } });
  });

  useScan((code) => {
    api
      .get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`)
      .then((answer) => {
        setScanProblem(undefined);
        setDrug(toHit(answer.drug));
        setLotNumber(answer.lotNumber ?? '');
        beep('ok');
      })
      .catch((error: unknown) => {
        setScanProblem(asProblem(error));
        beep('refused');
      });
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!drug) return;
    open.mutate({
      drugId: drug.drugId,
      recallClass,
      reason: reason.trim(),
      ...(lotNumber.trim() === '' ? {} : { lotNumber: lotNumber.trim() }),
      ...(notice.trim() === '' ? {} : { notice: notice.trim() }),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={open.error ?? scanProblem} notSaved={t('recall.notOpened')} />
        <DrugPicker
          label={t('stock.drug')}
          description={t('recall.scanHint')}
          required
          autoFocus
          value={drug}
          onChange={setDrug}
        />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('stock.lot')}
            description={t('recall.lotHint')}
            dir="ltr"
            maxLength={60}
            value={lotNumber}
            onChange={(event) => setLotNumber(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('recall.classOf')}
            description={t(`recall.classHint.${recallClass}`)}
            value={recallClass}
            onChange={(event) =>
              setRecallClass(CLASSES.find((one) => one === event.currentTarget.value) ?? 'II')
            }
            data={CLASSES.map((value) => ({ value, label: t(`recall.class.${value}`) }))}
          />
        </SimpleGrid>
        <Textarea
          label={t('transition.reason')}
          required
          autosize
          minRows={1}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={t('recall.notice')}
          maxLength={200}
          value={notice}
          onChange={(event) => setNotice(event.currentTarget.value)}
        />
        {drug && <Impact drug={drug} lotNumber={lotNumber} />}
        <FormFoot
          isSaving={open.isPending}
          onCancel={onClose}
          saveLabel={t('recall.submit')}
          disabled={drug === null || reason.trim().length < LEAST_REASON}
        />
      </Stack>
    </form>
  );
}

/** What it meets at this branch, and on its way, as far as it is known before it is done. */
function Impact({ drug, lotNumber }: { drug: DrugHit; lotNumber: string }) {
  const { t } = useTranslation();
  const lots = useLots({ drugId: drug.drugId, limit: MOST_LOTS });
  const transit = useInTransit(drug.drugId);
  if (!lots.data || !transit.data || lots.isPlaceholderData) return null;
  const shelf = impactOf(lots.data.data, lotNumber);
  const onTheWay = impactOf(transit.data.data, lotNumber);
  const isPart = lots.data.meta.total > MOST_LOTS || transit.data.meta.total > MOST_LOTS;
  const title = lotNumber.trim() === '' ? t('recall.everyLot') : t('recall.impact');
  return (
    <Notice tone="warn" title={title}>
      <Text size="sm">
        {t('recall.hereOnShelf', { count: shelf.lots })} ·{' '}
        <QuantityIn value={shelf.quantity} unit={drug.baseUnit} />
      </Text>
      <Text size="sm">
        {t('recall.inTransit')} · <QuantityIn value={onTheWay.quantity} unit={drug.baseUnit} />
      </Text>
      {isPart && <Text size="sm">{t('recall.more')}</Text>}
      <Text size="sm">{t('recall.impactHint')}</Text>
    </Notice>
  );
}
