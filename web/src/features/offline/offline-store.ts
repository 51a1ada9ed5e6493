import { useSyncExternalStore } from 'react';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { isServerGone, onReach } from '../../api/reach';
import type { OfflineSaleReceived, TillCatalogue } from '../../api/types';
import { indexOf, type CatalogueIndex } from './offline-catalogue.domain';
import {
  dropSales,
  type KeptCatalogue,
  keepCatalogue,
  keepSale,
  readCatalogue,
  readSales,
  updateSale,
} from './offline-db';
import type { OfflineSale } from './offline-sale.domain';
import type { OfflineBranch, OfflineProduct } from './offline.types';
import {
  afterSending,
  isUnsent,
  nextMoment,
  nextToSend,
  recovered,
  released,
  sending,
  type SendOutcome,
} from './queue.domain';

/** What the till has to sell without the server. */
export interface OfflineCatalogue {
  version: string;
  fetchedAt: number;
  branch: OfflineBranch;
  index: CatalogueIndex;
}

/** What screens see; a new object at each change. */
interface OfflineState {
  /** Kept sales were read. */
  isReady: boolean;
  isSending: boolean;
  /** Of this till, in the order they were made. */
  sales: readonly OfflineSale[];
  catalogue: OfflineCatalogue | undefined;
  /** The browser does not keep anything: nothing is sold without the server. */
  isBroken: boolean;
}

/** Sales the server has that are kept for copies of their receipts. */
const KEPT_FOR_COPIES = 200;
const PAGE_LIMIT = 2_000;
/** A branch has fewer products; a server that never ends is not believed. */
const MOST_PAGES = 50;
const FRESH_MS = 10 * 60_000;
const AGAIN_MS = 5_000;

let state: OfflineState = {
  isReady: false,
  isSending: false,
  sales: [],
  catalogue: undefined,
  isBroken: false,
};
const listeners = new Set<() => void>();
let isSignedIn = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let started: Promise<void> | undefined;

function change(by: Partial<OfflineState>): void {
  state = { ...state, ...by };
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What this till keeps for working without the server. */
export const useOffline = (): OfflineState => useSyncExternalStore(subscribe, () => state);

const replaced = (sale: OfflineSale): OfflineSale[] =>
  state.sales.map((one) => (one.id === sale.id ? sale : one));

/** Reads what is kept; a sale that was under way when the page ended waits again. */
export function startOffline(branchId: number): Promise<void> {
  started ??= readSales().then(
    (sales) => {
      change({ isReady: true, sales: sales.map(recovered) });
      onReach(() => void sendWaiting());
      void sendWaiting();
      // Asks the browser not to clear what only this till knows.
      void navigator.storage?.persist?.();
    },
    () => change({ isReady: true, isBroken: true }),
  );
  return started.then(() => loadCatalogue(branchId));
}

async function loadCatalogue(branchId: number): Promise<void> {
  if (state.isBroken || state.catalogue?.branch.branchId === branchId) return;
  const kept = await readCatalogue(branchId);
  change({ catalogue: kept && ready(kept) });
}

const ready = ({ products, ...rest }: KeptCatalogue): OfflineCatalogue => ({
  ...rest,
  index: indexOf(products),
});

/** Fetches the products of a branch where those kept are some minutes old; without an answer the kept ones stay. */
export async function refreshCatalogue(branchId: number): Promise<void> {
  await startOffline(branchId);
  const kept = state.catalogue?.branch.branchId === branchId ? state.catalogue : undefined;
  if (state.isBroken || isServerGone() || (kept && Date.now() - kept.fetchedAt < FRESH_MS)) return;
  const first = await api.get<TillCatalogue>('/offline-sales/catalogue', {
    known: kept?.version,
    limit: PAGE_LIMIT,
  });
  if (first.branch.branchId !== branchId) return;
  const products = first.isUnchanged ? [...(kept?.index.byId.values() ?? [])] : await allPages(first);
  const fetched = { version: first.version ?? '', fetchedAt: Date.now(), branch: first.branch, products };
  await keepCatalogue(fetched);
  change({ catalogue: ready(fetched) });
}

async function allPages(first: TillCatalogue): Promise<OfflineProduct[]> {
  const products = [...first.data];
  let after = first.next;
  for (let page = 1; after !== null && page < MOST_PAGES; page++) {
    const next = await api.get<TillCatalogue>('/offline-sales/catalogue', { after, limit: PAGE_LIMIT });
    products.push(...next.data);
    after = next.next;
  }
  return products;
}

/** Keeps a sale; resolves when it is on the disk, and only then may its receipt be shown. */
export async function sellOffline(make: (number: string) => OfflineSale): Promise<OfflineSale> {
  const sale = await keepSale(make);
  change({ sales: [...state.sales, sale] });
  void sendWaiting();
  return sale;
}

/** Somebody signed in, or nobody is: kept sales are sent under whoever is signed in, each of its own seller. */
export function setSignedIn(signedIn: boolean): void {
  isSignedIn = signedIn;
  if (signedIn) void sendWaiting();
}

/** Sends everything that is kept, also what was held back after refusals. */
export async function sendNow(): Promise<void> {
  const sales = state.sales.map(released);
  change({ sales });
  await Promise.all(sales.filter(isUnsent).map(updateSale));
  await sendWaiting();
}

/** Sends what may go now, one after the other, by one window of the till alone; comes back by itself for the rest. */
async function sendWaiting(): Promise<void> {
  clearTimeout(timer);
  if (!isSignedIn || isServerGone() || state.isSending || !state.isReady || state.isBroken) return;
  if (!state.sales.some(isUnsent)) return;
  change({ isSending: true });
  try {
    await navigator.locks.request('meditory-offline-sales', sendAll);
  } finally {
    change({ isSending: false });
    const moment = nextMoment(state.sales);
    if (moment !== undefined)
      timer = setTimeout(() => void sendWaiting(), Math.max(moment - Date.now(), AGAIN_MS));
  }
}

async function sendAll(): Promise<void> {
  // Another window may have sent some meanwhile; one that is being kept at this moment may not be read yet.
  const read = (await readSales()).map(recovered);
  const ids = new Set(read.map(({ id }) => id));
  change({ sales: [...read, ...state.sales.filter(({ id }) => !ids.has(id))] });
  for (let sale = nextToSend(state.sales, Date.now()); sale; sale = nextToSend(state.sales, Date.now())) {
    await record(sending(sale));
    const outcome = await send(sale);
    await record(afterSending(sending(sale), outcome, Date.now()));
    if (outcome.kind === 'unreachable' || outcome.kind === 'signed-out') return;
  }
  const taken = state.sales.filter((one) => !isUnsent(one));
  const old = taken.slice(0, Math.max(taken.length - KEPT_FOR_COPIES, 0)).map(({ id }) => id);
  await dropSales(old);
  change({ sales: state.sales.filter(({ id }) => !old.includes(id)) });
}

async function record(sale: OfflineSale): Promise<void> {
  await updateSale(sale);
  change({ sales: replaced(sale) });
}

async function send({ request, id, branch }: OfflineSale): Promise<SendOutcome> {
  try {
    const { status } = await api.post<OfflineSaleReceived>('/offline-sales', request, id, branch.branchId);
    return { kind: 'taken', status };
  } catch (error) {
    return outcomeOf(asProblem(error));
  }
}

function outcomeOf({ status, code }: Problem): SendOutcome {
  if (status === 401) return { kind: 'signed-out' };
  // A disk that is full is over by itself, as a server that is gone is.
  if (status === 0 || (status >= 502 && status <= 504) || status === 507) return { kind: 'unreachable' };
  return { kind: 'refused', code };
}
