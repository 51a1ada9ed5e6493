import arabicFont from '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2?url';
import { api, type Query } from './client';
import { Problem } from './problem';

/** The interface's Arabic letters for printed pages: a computer may have none of its own, and a label would be blank. */
const FONT = `<style>@font-face{font-family:"Noto Sans Arabic";font-weight:100 900;src:url("${new URL(arabicFont, window.location.href).href}") format("woff2")}</style>`;

/** A printable page of the server with letters for every language, to be shown or printed. It is fetched, because only our own calls carry the branch. */
export async function printablePage(path: string, query?: Query, body?: unknown): Promise<string> {
  return withLetters(await api.html(path, query, body));
}

const withLetters = (html: string): string => html.replace('<head>', `<head>${FONT}`);

/**
 * Opens a printable page of the server (label, leaflet, receipt) in a window of its own and asks the browser to print it.
 * Throws Problem, also when the window is blocked.
 */
export async function openPrintable(path: string, query?: Query, body?: unknown): Promise<void> {
  printHtml(await api.html(path, query, body));
}

/** Opens a printable page that was made here and asks the browser to print it. Throws Problem when the window is blocked. */
export function printHtml(page: string): void {
  const html = withLetters(page);
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }));
  const opened = window.open(address, '_blank');
  if (!opened)
    throw new Problem({ status: 0, code: 'window-blocked', title: 'The browser blocked the window' });
  opened.addEventListener('load', () => {
    void opened.document.fonts.ready.then(() => {
      opened.print();
      URL.revokeObjectURL(address);
    });
  });
}
