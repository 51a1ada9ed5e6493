import { answerOf, openTill } from '../../session/offline-seller';
import type { OfflineSale } from './offline-sale.domain';
import type { OfflineBranch, OfflineProduct } from './offline.types';

/*
 * What a till keeps in the browser (IndexedDB): its sales, which are on the disk before anybody is told that they are kept, and the products
 * of its branches. It belongs to the till, not to a user, and outlives every session.
 */

/** The products of a branch as they were fetched. */
export interface KeptCatalogue {
  version: string;
  /** When the server last said that this is the present one, milliseconds since 1970. */
  fetchedAt: number;
  branch: OfflineBranch;
  products: OfflineProduct[];
}

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = () => reject(transaction.error ?? new Error('the browser did not keep it'));
    transaction.oncomplete = () => resolve();
    transaction.onerror = fail;
    transaction.onabort = fail;
  });

/** A writing transaction that is over when what it wrote is on the disk. */
const writing = async (stores: string[]): Promise<IDBTransaction> =>
  (await openTill()).transaction(stores, 'readwrite', { durability: 'strict' });

// Without letters and digits that are read one for another.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 5;

/** The code of a till in the numbers of its receipts, drawn once. */
const newCode = (): string =>
  [...crypto.getRandomValues(new Uint32Array(CODE_LENGTH))].map((n) => LETTERS[n % LETTERS.length]).join('');

/**
 * Keeps a sale under the next number of this till; number and sale are written together, so that no number is given twice and none to a
 * sale that is not kept. Resolves when it is on the disk.
 */
export async function keepSale(make: (number: string) => OfflineSale): Promise<OfflineSale> {
  const transaction = await writing(['till', 'sales']);
  const done = committed(transaction);
  const till = transaction.objectStore('till');
  const [code, last] = await Promise.all([
    answerOf(till.get('code') as IDBRequest<string | undefined>),
    answerOf(till.get('last') as IDBRequest<number | undefined>),
  ]);
  const ours = code ?? newCode();
  const next = (last ?? 0) + 1;
  till.put(ours, 'code');
  till.put(next, 'last');
  const sale = make(`OFF-${ours}-${next}`);
  transaction.objectStore('sales').put(sale);
  await done;
  return sale;
}

/** Writes what became of a kept sale. */
export async function updateSale(sale: OfflineSale): Promise<void> {
  const transaction = await writing(['sales']);
  const done = committed(transaction);
  transaction.objectStore('sales').put(sale);
  await done;
}

/** Forgets sales that the server has. */
export async function dropSales(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const transaction = await writing(['sales']);
  const done = committed(transaction);
  for (const id of ids) transaction.objectStore('sales').delete(id);
  await done;
}

/** Kept sales in the order they were made. */
export async function readSales(): Promise<OfflineSale[]> {
  const store = (await openTill()).transaction('sales').objectStore('sales');
  const sales = (await answerOf(store.getAll())) as OfflineSale[];
  return sales.sort((a, b) => a.soldAt.localeCompare(b.soldAt) || a.number.localeCompare(b.number));
}

export async function readCatalogue(branchId: number): Promise<KeptCatalogue | undefined> {
  const store = (await openTill()).transaction('catalogues').objectStore('catalogues');
  return (await answerOf(store.get(branchId))) as KeptCatalogue | undefined;
}

export async function keepCatalogue(catalogue: KeptCatalogue): Promise<void> {
  const transaction = await writing(['catalogues']);
  const done = committed(transaction);
  transaction.objectStore('catalogues').put(catalogue, catalogue.branch.branchId);
  await done;
}
