import { own } from '../../platform/text/print-html.js';
import type { RegisterRow } from './controlled-register.types.js';

/** A value in the direction of its own; nothing where there is none. */
const shown = (value: string | number | null): string => own(String(value ?? ''));

const STYLE = `
@page { size: A4 landscape; margin: 12mm }
body { font: 9pt system-ui, sans-serif }
h2 { font-size: 11pt; margin: 6mm 0 2mm; break-after: avoid }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 1px solid #555; padding: 1mm; text-align: start; vertical-align: top }
td.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
`;

const HEAD = [
  'No.',
  'Day',
  'What',
  'In',
  'Out',
  'Balance',
  'Lot',
  'From or to',
  'Prescriber or document',
  'By',
];

function row(entry: RegisterRow): string {
  const isOut = entry.quantity.startsWith('-');
  const collected =
    entry.collectorName !== null && entry.collectorName !== entry.patientName
      ? ` / ${shown(entry.collectorName)}`
      : '';
  const prescriber =
    entry.prescriberName === null
      ? ''
      : `${shown(entry.prescriberName)} ${shown(entry.prescriberLicence)} ${shown(entry.rxNumber)}`;
  const cells = [
    shown(entry.day),
    shown(entry.kind),
    ...[isOut ? '' : entry.quantity, isOut ? entry.quantity.slice(1) : '', entry.balanceAfter],
    `${shown(entry.lotNumber)} ${shown(entry.expiryDate)}`,
    `${shown(entry.patientName ?? entry.supplierName)}${collected} ${shown(entry.collectorDocument)} ${shown(entry.reason)}`,
    prescriber === '' ? shown(entry.supplierDocument) : prescriber,
    shown(entry.userName),
  ];
  const isNumber = (index: number): boolean => index >= 2 && index <= 4;
  return `<tr><td class="n">${entry.entryNo}</td>${cells
    .map((cell, index) => (isNumber(index) ? `<td class="n">${cell}</td>` : `<td>${cell}</td>`))
    .join('')}</tr>`;
}

/** The register as a page to print, a table for each product, without scripts. `selection` says what was asked for. */
export function printRegister(rows: readonly RegisterRow[], selection: string): string {
  const products = new Map<number, RegisterRow[]>();
  for (const entry of rows) products.set(entry.drugId, []);
  for (const entry of rows) products.get(entry.drugId)?.push(entry);
  const tables = [...products.values()].map((entries) => {
    const { drugName, schedule } = entries[0] ?? { drugName: '', schedule: null };
    const under = schedule === null ? '' : ` (schedule ${shown(schedule)})`;
    return `<h2>${shown(drugName)}${under}</h2>
<table><thead><tr>${HEAD.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${entries.map(row).join('\n')}</tbody></table>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Register of controlled medicines</title><style>${STYLE}</style></head>
<body><h1>Register of controlled medicines</h1><p>${shown(selection)}</p>
${tables.length === 0 ? '<p>No entries.</p>' : tables.join('\n')}
</body></html>
`;
}
