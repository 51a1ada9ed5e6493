import { useLayoutEffect, useState } from 'react';
import { dropPendingCharacter } from '../hotkeys/hotkeys';
import { topLayer, useLayer } from '../layer/layer';
import { createBurstDetector, MAX_GAP_MS, SLOWEST_GAP_MS } from './scan-burst.domain';

type ScanHandler = (text: string) => void;

interface Registration {
  layer: number;
  handle: ScanHandler;
  isFallback: boolean;
  takes: ((text: string) => boolean) | undefined;
}

const handlers = new Map<symbol, Registration>();

/** Where a device remembers how long it waits for its scanner. */
export const GAP_KEY = 'meditory.scanGapMs';

/** The scanner of this device: the longest gap between two of its keys, and who sees every key before anything else does. */
export const wedge: { gapMs: number; tap?: ((event: KeyboardEvent) => void) | undefined } = {
  gapMs: Math.min(Math.max(Number(localStorage.getItem(GAP_KEY)) || 0, MAX_GAP_MS), SLOWEST_GAP_MS),
};

interface FieldSnapshot {
  field: HTMLInputElement | HTMLTextAreaElement;
  value: string;
  start: number | null;
  end: number | null;
}

function snapshot(target: EventTarget | null): FieldSnapshot | undefined {
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLTextAreaElement)) return undefined;
  return { field: target, value: target.value, start: target.selectionStart, end: target.selectionEnd };
}

/** Puts back what stood in the field before the scanner typed into it, in a way that React notices. */
function restore(saved: FieldSnapshot): void {
  if (saved.field.value === saved.value) return;
  const prototype =
    saved.field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(saved.field, saved.value);
  saved.field.dispatchEvent(new Event('input', { bubbles: true }));
  if (saved.start !== null) saved.field.setSelectionRange(saved.start, saved.end);
}

/**
 * Listens for keyboard-wedge scanners on the whole window, before anything else hears the keys.
 * A burst never stays in a field, presses a button or triggers a shortcut; its Enter is swallowed too.
 */
export function startScanListener(): () => void {
  const detector = createBurstDetector(() => wedge.gapMs);
  let before: FieldSnapshot | undefined;

  function onKeyDown(event: KeyboardEvent): void {
    wedge.tap?.(event);
    // A key held down repeats as fast as a scanner types, but no scanner holds a key.
    if (event.isComposing || event.repeat) return;
    const step = detector.feed({
      key: event.key,
      code: event.code,
      ctrlKey: event.ctrlKey,
      altKey: event.altKey,
      shiftKey: event.shiftKey,
      atMs: event.timeStamp,
    });
    if (step.kind === 'none') return;
    if (step.kind === 'started') {
      before = snapshot(event.target);
      return;
    }
    event.stopImmediatePropagation();
    dropPendingCharacter();
    if (step.kind === 'grew') {
      // In a field the character is let through, so that a fast typist loses nothing; it is taken back if a scan it was.
      if (before === undefined || event.ctrlKey || event.altKey || event.key.startsWith('F8')) {
        event.preventDefault();
      }
      return;
    }
    event.preventDefault();
    if (before !== undefined) restore(before);
    deliver(step.text);
  }

  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}

function deliver(text: string): void {
  const top = topLayer();
  const live = [...handlers.values()].filter((one) => one.layer === top);
  const special = live.filter((one) => one.takes?.(text));
  const rest = live.filter((one) => one.takes === undefined);
  const ownFirst = (some: readonly Registration[]) =>
    some.filter((one) => !one.isFallback).at(-1) ?? some.at(-1);
  (ownFirst(special) ?? ownFirst(rest))?.handle(text);
}

/**
 * Gives the text of every scan to `handle` while the component is mounted on the topmost layer. With `isFallback` only
 * where no screen of that layer takes scans itself; with `takes` only those it is true of, and those before all others.
 */
export function useScan(
  handle: ScanHandler,
  { isFallback = false, takes }: { isFallback?: boolean; takes?: (text: string) => boolean } = {},
): void {
  const layer = useLayer();
  const [id] = useState(() => Symbol('scan'));
  useLayoutEffect(() => {
    handlers.set(id, { layer, handle, isFallback, takes });
  });
  useLayoutEffect(
    () => () => {
      handlers.delete(id);
    },
    [id],
  );
}
