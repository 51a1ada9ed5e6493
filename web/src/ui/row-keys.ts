import type { KeyboardEvent } from 'react';

const LINK = '[data-row-link]';

/**
 * Arrow keys through a list whose rows each hold one focusable element marked `data-row-link`.
 * Put it on an element around the search field and the rows: Down from the field enters the list, Up leaves it.
 */
export function moveThroughRows(event: KeyboardEvent<HTMLElement>): void {
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key) || event.ctrlKey || event.altKey) return;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(LINK)];
  const at = links.indexOf(target);
  const field = event.currentTarget.querySelector<HTMLInputElement>('input[data-row-search]');
  if (at === -1 && target !== field) return;
  if (at === -1 && event.key !== 'ArrowDown') return;
  const next = {
    ArrowDown: links[at + 1],
    ArrowUp: at === 0 ? (field ?? undefined) : links[at - 1],
    Home: links[0],
    End: links.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
