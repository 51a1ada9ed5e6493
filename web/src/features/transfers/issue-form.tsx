import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { BarcodeAnswer, IssueTransfer, Lot, LotPage, Transfer } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { decimalOrZero } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { toastDone } from '../../ui/toasts';
import { WitnessFields } from '../controlled/witness-fields';
import { afterScan, unitsPerScan } from '../stock-counts/count-target.domain';
import { freeOf, LineLots, lotQuery, sendableOf } from './line-lots';
import { choiceFault, type LotChoice, sentLots } from './lot-choice.domain';
import { useTransferCommand } from './transfer-queries';
import { useSigned } from './use-signed';

/** What was chosen for a line, of which lots, and whether a scan has already taken the place of the suggestion. */
interface Chosen {
  readonly choice: LotChoice;
  readonly lots: readonly Lot[];
  readonly isScanned: boolean;
}

/** Sends what was agreed to: first expiry first, or from lots that are chosen; all of it, or as much as there is where that is said. */
export function IssueForm({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const [isPartial, setIsPartial] = useState(false);
  const [isChoosing, setIsChoosing] = useState(false);
  const [chosen, setChosen] = useState<Readonly<Record<number, Chosen>>>({});
  const [scanProblem, setScanProblem] = useState<Problem>();
  const [isUnknown, setIsUnknown] = useState(false);
  const issue = useTransferCommand<IssueTransfer>(transfer.transferId, 'issue', () =>
    toastDone(t('transfers.issued')),
  );
  const signed = useSigned(
    transfer.lines.some(({ needsWitness }) => needsWitness),
    issue.error,
  );
  const lines = transfer.lines.filter(({ approved }) => decimalOrZero(approved) > 0n);
  const faultOf = (line: Transfer['lines'][number]) => {
    const of = chosen[line.transferLineId];
    if (!of) return 'nothing';
    const lots = of.lots.map((lot) => ({ lotId: lot.lotId, free: freeOf(lot) }));
    return choiceFault(of.choice, lots, line.approved ?? '0');
  };
  const faults = isChoosing ? lines.map(faultOf) : [];
  const isGood = faults.every((fault) => fault === undefined);

  /** A scanned pack counts for its lot; the first of a line takes the place of what was suggested. */
  async function takeScan(code: string): Promise<void> {
    setIsUnknown(false);
    try {
      const path = `/drugs/by-barcode/${encodeURIComponent(code)}`;
      const { drug, barcode, lotNumber } = await api.get<BarcodeAnswer>(path);
      setScanProblem(undefined);
      const line = lines.find(({ drugId }) => drugId === drug.drugId);
      const lots = line
        ? sendableOf((await api.get<LotPage>('/inventory/lots', lotQuery(line.drugId))).data)
        : [];
      const fitting = lots.filter((lot) => lotNumber === null || lot.lotNumber === lotNumber);
      const [lot, ...others] = fitting;
      if (!line || !lot || others.length > 0) {
        setIsUnknown(true);
        beep('refused');
        return;
      }
      const units = unitsPerScan(barcode.packLevel, drug.unitsPerPack);
      setChosen((all) => {
        const before = all[line.transferLineId];
        const choice: LotChoice = before?.isScanned === true ? before.choice : {};
        const next = { ...choice, [lot.lotId]: afterScan(choice[lot.lotId] ?? '', units) };
        return { ...all, [line.transferLineId]: { lots, choice: next, isScanned: true } };
      });
      beep('ok');
    } catch (error) {
      setScanProblem(asProblem(error));
      beep('refused');
    }
  }
  const scans = useRef(Promise.resolve());
  useScan((code) => {
    setIsChoosing(true);
    scans.current = scans.current.then(() => takeScan(code));
  });

  const send = () =>
    signed.run((signature) =>
      issue.mutate(
        {
          lines: isChoosing
            ? lines.flatMap(({ transferLineId }) => {
                const lots = sentLots(chosen[transferLineId]?.choice ?? {});
                return lots.length > 0 ? [{ transferLineId, lots }] : [];
              })
            : [],
          partial: isPartial,
          ...signature,
        },
        { onError: signed.onError },
      ),
    );
  return (
    <Card label={t('transfers.issue')}>
      <Stack gap="sm">
        <Text size="sm">{t(isChoosing ? 'transfers.chooseHint' : 'transfers.issueHint')}</Text>
        <ProblemAlert problem={issue.error ?? scanProblem} notSaved={t('transfers.notIssued')} />
        {isUnknown && <Notice tone="warn" role="alert" title={t('transfers.notSendable')} />}
        {isChoosing &&
          lines.map((line) => (
            <LineLots
              key={line.transferLineId}
              line={line}
              choice={chosen[line.transferLineId]?.choice}
              onChange={(choice, lots) =>
                setChosen((all) => ({
                  ...all,
                  [line.transferLineId]: {
                    choice,
                    lots,
                    isScanned: all[line.transferLineId]?.isScanned ?? false,
                  },
                }))
              }
            />
          ))}
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <Group justify="space-between">
          <Checkbox
            label={t('transfers.partial')}
            checked={isPartial}
            onChange={(event) => setIsPartial(event.currentTarget.checked)}
          />
          <Group gap="sm">
            <KeyButton
              combo="F6"
              variant="default"
              label={t(isChoosing ? 'transfers.byExpiry' : 'transfers.choose')}
              onPress={() => {
                setChosen({});
                setIsChoosing(!isChoosing);
              }}
            />
            <KeyButton
              combo="F9"
              label={t('transfers.issue')}
              disabled={!signed.isReady || !isGood}
              loading={issue.isPending || signed.witness.isSigning}
              onPress={() => void send()}
            />
          </Group>
        </Group>
      </Stack>
    </Card>
  );
}
