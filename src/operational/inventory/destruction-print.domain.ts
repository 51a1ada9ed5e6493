import { escapeHtml, ltr, own, printablePage } from '../../platform/text/print-html.js';
import type { Destruction } from './destructions.types.js';

const STYLE = `
@page { size: A4; margin: 18mm }
body { font: 11pt system-ui, sans-serif }
table { border-collapse: collapse; width: 100%; margin-bottom: 16mm }
th, td { border: 1px solid #555; padding: 2mm; text-align: start; vertical-align: top }
th { width: 38% }
.sign { display: flex; gap: 20mm }
.sign p { flex: 1; border-top: 1px solid #000; padding-top: 2mm }
`;

/** Where the record is printed. */
interface At {
  readonly name: string;
  readonly address: string | null;
  readonly timeZone: string;
}

/** The record of a destruction as a page to print, with room for both signatures; without scripts. */
export function printDestruction(found: Destruction, at: At): string {
  const when = (instant: string | null): string =>
    instant === null
      ? ''
      : ltr(
          new Intl.DateTimeFormat('en-GB', {
            dateStyle: 'medium',
            timeStyle: 'short',
            timeZone: at.timeZone,
          }).format(new Date(instant)),
        );
  const under = found.schedule === null ? '' : ` (schedule ${escapeHtml(found.schedule)})`;
  const rows: [string, string][] = [
    ['Product', own(found.drugName) + under],
    ['Lot, expiry', `${ltr(found.lotNumber)} ${ltr(found.expiryDate ?? 'none stated')}`],
    ['Quantity', ltr(`${found.quantity} ${found.baseUnit}`)],
    ['Value at cost', ltr(found.value)],
    ['Reason', `${escapeHtml(found.reason)} ${own(found.note ?? '')}`],
    ['Status', escapeHtml(found.status)],
    ['Entered', `${own(found.requestedBy)} ${when(found.requestedAt)}`],
    [
      'Destroyed before',
      `${own(found.witnessedBy ?? '')} ${found.status === 'destroyed' ? when(found.closedAt) : ''}`,
    ],
    ...(found.status === 'cancelled'
      ? [
          [
            'Cancelled',
            `${own(found.closedBy ?? '')} ${when(found.closedAt)}: ${own(found.cancelReason ?? '')}`,
          ] as [string, string],
        ]
      : []),
    ['Movement in the ledger', found.movementId === null ? '' : ltr(String(found.movementId))],
  ];
  const title = `Record of destruction ${found.destructionId}`;
  return printablePage({
    language: 'en',
    title,
    style: STYLE,
    body: `<h1>${escapeHtml(title)}</h1><p>${own(at.name)} ${own(at.address ?? '')}</p>
<table>${rows.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${value}</td></tr>`).join('\n')}</table>
<div class="sign"><p>Destroyed by: ${own(found.requestedBy)}</p><p>Witness: ${own(found.witnessedBy ?? '')}</p></div>`,
  });
}
