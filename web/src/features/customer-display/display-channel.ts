import type { Language } from '../../i18n/i18n';

/** What the customer sees. Amounts and quantities are texts as the till shows them. */
export interface Shown {
  lines: readonly { id: number; name: string; quantity: string; unit: string; total: string }[];
  total: string;
  /** After a sale: what was paid and what is given back. */
  paid?: { total: string; change: string };
}

/** Between a till and its display; `ask`: a display was opened and wants to know. */
type Message = { kind: 'shown'; shown: Shown; language: Language } | { kind: 'ask' };

const nameOf = (branchId: number): string => `meditory.display.${branchId}`;

/**
 * The way from a till to the display of its customer: another window of the same browser, no server between. Nothing but what `Shown` holds
 * leaves the till: no patient, no prescriber.
 */
export function openTillChannel(
  branchId: number,
  current: () => { shown: Shown; language: Language },
): { show: () => void; close: () => void } {
  const channel = new BroadcastChannel(nameOf(branchId));
  const show = (): void => channel.postMessage({ kind: 'shown', ...current() } satisfies Message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'ask') show();
  };
  return { show, close: () => channel.close() };
}

/** Listens to the till of a branch; asks at once for what it shows. Returns what ends it. */
export function openDisplayChannel(
  branchId: number,
  onShown: (shown: Shown, language: Language) => void,
): () => void {
  const channel = new BroadcastChannel(nameOf(branchId));
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'shown') onShown(data.shown, data.language);
  };
  channel.postMessage({ kind: 'ask' } satisfies Message);
  return () => channel.close();
}
