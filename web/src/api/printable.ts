import { api, type Query } from './client';
import { Problem } from './problem';

/**
 * Opens a printable page of the server (label, receipt) in a window of its own and asks the browser to print it.
 * It is fetched first, because only our own calls carry the branch. Throws Problem, also when the window is blocked.
 */
export async function openPrintable(path: string, query?: Query): Promise<void> {
  const html = await api.html(path, query);
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }));
  const page = window.open(address, '_blank');
  if (!page)
    throw new Problem({ status: 0, code: 'window-blocked', title: 'The browser blocked the window' });
  page.addEventListener('load', () => {
    page.print();
    URL.revokeObjectURL(address);
  });
}
