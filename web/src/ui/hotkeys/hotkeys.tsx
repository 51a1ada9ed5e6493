import { Kbd } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { topLayer, useLayer } from '../layer/layer';
import { comboOf, isTyping } from './combo.domain';

/** One key of a screen. `label` is shown in the key help and must be translated. */
export interface KeyBinding {
  combo: string;
  label: string;
  run: () => void;
  disabled?: boolean;
  /** Also acts while a field has the focus; default for function keys and combinations, never for characters. */
  whileTyping?: boolean;
}

interface Registration {
  layer: number;
  bindings: readonly KeyBinding[];
  isFallback: boolean;
}

const registrations = new Map<symbol, Registration>();

/** A lone character waits this long: the next key of a scanner arrives within 50 ms and calls it off. */
const CHARACTER_DELAY_MS = 60;
let pendingCharacter: ReturnType<typeof setTimeout> | undefined;

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

/** Registrations that hear keys now, the one that counts most first. */
function liveRegistrations(): Registration[] {
  const top = topLayer();
  const live = [...registrations.values()].filter((entry) => entry.layer === top).reverse();
  return [...live.filter((entry) => !entry.isFallback), ...live.filter((entry) => entry.isFallback)];
}

function findBinding(combo: string, typing: boolean): KeyBinding | undefined {
  for (const entry of liveRegistrations()) {
    const found = entry.bindings.find((binding) => {
      if (binding.combo !== combo || binding.disabled) return false;
      return (
        !typing || (binding.whileTyping ?? (!isTyping(combo) && combo !== 'Enter' && combo !== 'Delete'))
      );
    });
    if (found) return found;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  clearTimeout(pendingCharacter);
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  const binding = findBinding(combo, isField(event.target));
  if (!binding) return;
  event.preventDefault();
  if (event.repeat && !isTyping(combo) && !combo.startsWith('Arrow')) return;
  if (isTyping(combo)) pendingCharacter = setTimeout(() => binding.run(), CHARACTER_DELAY_MS);
  else binding.run();
}

/** Calls off a character shortcut that is still waiting: its key turned out to be the start of a scan. */
export function dropPendingCharacter(): void {
  clearTimeout(pendingCharacter);
}

/** Starts listening on the window; called once by the shell, after the scan listener (which swallows bursts). */
export function startHotkeys(): () => void {
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/**
 * Registers the keys of a screen or dialog for as long as it is mounted; the latest registration wins.
 * With `isFallback` they act only where no screen uses the same key: keys of the frame around the screens.
 */
export function useKeys(bindings: readonly KeyBinding[], { isFallback = false } = {}): void {
  const layer = useLayer();
  const [id] = useState(() => Symbol('keys'));
  useLayoutEffect(() => {
    registrations.set(id, { layer, bindings, isFallback });
  });
  useLayoutEffect(
    () => () => {
      registrations.delete(id);
    },
    [id],
  );
}

/** Keys that act now, page first, for the help dialog. */
export function liveKeys(): KeyBinding[] {
  const seen = new Set<string>();
  const keys: KeyBinding[] = [];
  for (const entry of liveRegistrations()) {
    for (const binding of entry.bindings) {
      if (seen.has(binding.combo) || binding.label === '') continue;
      seen.add(binding.combo);
      keys.push(binding);
    }
  }
  return keys;
}

/** Shows a key combination; hidden from screen readers, which get it through `aria-keyshortcuts`. */
export function Keys({ combo, size = 'xs' }: { combo: string; size?: 'xs' | 'sm' }) {
  return (
    <Kbd size={size} aria-hidden="true" dir="ltr">
      {combo}
    </Kbd>
  );
}

/** The shortcut in the notation of `aria-keyshortcuts`. */
export function ariaKeys(combo: string): string {
  return combo.replace('Ctrl', 'Control');
}

/** Text followed by its key, for the inside of a button. */
export function WithKey({ combo, children }: { combo: string; children: ReactNode }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
      {children}
      <Keys combo={combo} />
    </span>
  );
}
