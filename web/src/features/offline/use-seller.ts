import { useEffect, useState } from 'react';
import { type OfflineSeller, readSeller } from '../../session/offline-seller';

/** Who may sell without the server; undefined while that is being read, null: nobody. */
export function useSeller(): OfflineSeller | null | undefined {
  const [seller, setSeller] = useState<OfflineSeller | null>();
  useEffect(() => {
    readSeller().then(
      (read) => setSeller(read ?? null),
      () => setSeller(null),
    );
  }, []);
  return seller;
}
