import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { ScanFill } from '../../api/types';
import { announce } from '../../ui/announcer';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { useScanPack } from './dispensing-queries';

/** What became of the last pack: in order, refused, or to be completed by what is read from it. */
export type PackScan =
  | { kind: 'none' }
  | { kind: 'matched'; left: number }
  | { kind: 'wrong'; problem: Problem }
  | { kind: 'unread'; code: string; missing: readonly string[] }
  | { kind: 'failed'; problem: Problem };

const WRONG = ['scan-mismatch', 'ambiguous-barcode'];

function missingOf({ params }: Problem): string[] {
  const { missing } = params;
  return Array.isArray(missing) ? missing.filter((one) => typeof one === 'string') : [];
}

interface Proof<Pack> {
  isBusy: boolean;
  /** Asks the server about a pack, and tells what it answered. */
  prove: (
    pack: Pack,
    told: { onMatched: (left: number) => void; onRefused: (problem: Problem, pack: Pack) => void },
  ) => void;
}

/** Proves what is scanned on a screen. After a wrong pack only a right one lets anything go on. */
export function usePackProof<Pack extends Pick<ScanFill, 'code' | 'lotNumber' | 'expiryDate'>>({
  isBusy,
  prove,
}: Proof<Pack>) {
  const { t } = useTranslation();
  const [last, setLast] = useState<PackScan>({ kind: 'none' });

  function refuse(next: PackScan, said: string): void {
    beep('refused');
    announce(said);
    // What was wrong stays wrong until a right pack is scanned: a scan that could not be read is no answer to it.
    setLast((before) => (before.kind === 'wrong' && next.kind === 'failed' ? before : next));
  }

  function refused(problem: Problem, { code }: Pack): void {
    if (problem.code === 'scan-incomplete')
      return refuse({ kind: 'unread', code, missing: missingOf(problem) }, t('errors.scan-incomplete'));
    if (WRONG.includes(problem.code) || problem.status === 422)
      return refuse({ kind: 'wrong', problem }, t('errors.scan-mismatch'));
    refuse({ kind: 'failed', problem }, t('station.scanFailed'));
  }

  function take(pack: Pack): void {
    prove(pack, {
      onMatched: (left) => {
        beep('ok');
        announce(t('station.matched'));
        setLast({ kind: 'matched', left });
      },
      onRefused: refused,
    });
  }

  useScan((code) => take({ code } as Pack));
  return { last, take, isBusy, isStopped: last.kind === 'wrong' || last.kind === 'unread' };
}

/** Proves what is scanned on a screen against a fill. */
export function usePackScan(fillId: number, stage: NonNullable<ScanFill['stage']>) {
  const scan = useScanPack(fillId);
  return usePackProof<Omit<ScanFill, 'stage'>>({
    isBusy: scan.isPending,
    prove: (pack, { onMatched, onRefused }) =>
      scan.mutate(
        { ...pack, stage },
        { onSuccess: ({ missing }) => onMatched(missing.length), onError: onRefused },
      ),
  });
}
