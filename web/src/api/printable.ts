import arabicFont from '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2?url';
import { api, type Query } from './client';
import { Problem } from './problem';

/** The interface's Arabic letters for printed pages: a computer may have none of its own, and a label would be blank. */
const FONT = `<style>@font-face{font-family:"Noto Sans Arabic";font-weight:100 900;src:url("${new URL(arabicFont, window.location.href).href}") format("woff2")}</style>`;

/** A printable page of the server with letters for every language, to be shown or printed. It is fetched, because only our own calls carry the branch. */
export async function printablePage(path: string, query?: Query, body?: unknown): Promise<string> {
  return (await api.html(path, query, body)).replace('<head>', `<head>${FONT}`);
}

/**
 * Opens a printable page of the server (label, leaflet, receipt) in a window of its own and asks the browser to print it.
 * Throws Problem, also when the window is blocked.
 */
export async function openPrintable(path: string, query?: Query, body?: unknown): Promise<void> {
  const html = await printablePage(path, query, body);
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }));
  const page = window.open(address, '_blank');
  if (!page)
    throw new Problem({ status: 0, code: 'window-blocked', title: 'The browser blocked the window' });
  page.addEventListener('load', () => {
    void page.document.fonts.ready.then(() => {
      page.print();
      URL.revokeObjectURL(address);
    });
  });
}
