/*
 * Who sells at this till while the server cannot be reached: the last one who was signed in. It is forgotten when he leaves or the
 * server says that his session is over, and stands for a shift after the server was heard of last. It is on the disk when it is kept: what
 * a browser keeps in localStorage is lost when the power goes within the next minute.
 */

const NAME = 'meditory-offline';
const VERSION = 1;
const KEY = 'seller';
const VALID_MS = 12 * 60 * 60_000;

/** Somebody who was signed in and may sell, and where. */
export interface OfflineSeller {
  userId: number;
  fullName: string;
  branchId: number;
  shiftId: number | null;
  /** When the server was heard of last, milliseconds since 1970. */
  seenAt: number;
}

let opened: Promise<IDBDatabase> | undefined;

/** The storage of the till: `till` for facts about it, `catalogues` by branch, `sales` by identity. */
export function openTill(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('till');
      request.result.createObjectStore('catalogues');
      request.result.createObjectStore('sales', { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });
  return opened;
}

/** What a request to the till's storage answers. */
export const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });

const facts = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
  (await openTill()).transaction('till', mode, { durability: 'strict' }).objectStore('till');

/** Keeps who may go on selling. */
export async function keepSeller(seller: OfflineSeller): Promise<void> {
  await answerOf((await facts('readwrite')).put(seller, KEY));
}

/** Nobody sells here without the server until somebody signs in. */
export async function forgetSeller(): Promise<void> {
  // Where nothing can be kept, nobody is.
  await facts('readwrite').then(
    (store) => answerOf(store.delete(KEY)),
    () => undefined,
  );
}

/** Who may sell without the server at this moment; undefined: nobody. */
export async function readSeller(now = Date.now()): Promise<OfflineSeller | undefined> {
  const seller = (await answerOf((await facts('readonly')).get(KEY))) as OfflineSeller | undefined;
  return seller && now - seller.seenAt < VALID_MS ? seller : undefined;
}
