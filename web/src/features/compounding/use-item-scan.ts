import { useState } from 'react';
import type { BatchItem, ScanItem } from '../../api/types';
import { usePackProof } from '../dispensing/use-pack-scan';
import { useScanItem } from './compounding-queries';

/** The pack that was proven for an ingredient, as it is sent with its weight. */
export type ProvenPack = Omit<ScanItem, 'batchItemId'>;

/** Proves what is scanned against the ingredient that is weighed now. */
export function useItemScan(batchId: number, item: BatchItem, onProven: () => void) {
  const [pack, setPack] = useState<ProvenPack>();
  const prove = useScanItem(batchId);
  const scan = usePackProof<ProvenPack>({
    isBusy: prove.isPending,
    prove: (wanted, { onMatched, onRefused }) =>
      prove.mutate(
        { ...wanted, batchItemId: item.batchItemId },
        {
          onSuccess: () => {
            setPack(wanted);
            onMatched(0);
            onProven();
          },
          onError: (problem) => {
            setPack(undefined);
            onRefused(problem, wanted);
          },
        },
      ),
  });
  return { pack, scan };
}
