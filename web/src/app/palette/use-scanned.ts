import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { BarcodeAnswer } from '../../api/types';
import { beep } from '../../ui/scan/beep';

/** A scan that no screen took; a new object for each, so that the same code can be scanned twice. */
export interface Scan {
  code: string;
}

const CONTROL = /\p{Cc}/gu;

/** Looks up what was scanned, also in symbols with lot and expiry, and gives `onText` the code to search for. */
export function useScanned(scan: Scan | undefined, onText: (text: string) => void): (code: string) => void {
  const lookup = useMutation<BarcodeAnswer, Problem, string>({
    mutationFn: (code) => api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`),
    onSuccess: (answer) => {
      beep('ok');
      onText(answer.barcode.code);
    },
    // Unknown or of two meanings: the search says what there is for the code as it was read.
    onError: (_problem, code) => {
      beep('refused');
      onText(code.replace(CONTROL, ' ').trim());
    },
  });
  const find = (code: string) => lookup.mutate(code);
  const take = useEffectEvent(find);
  useEffect(() => {
    if (scan) take(scan.code);
  }, [scan]);
  return find;
}
