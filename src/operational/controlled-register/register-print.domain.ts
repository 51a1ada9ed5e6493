import type { RegisterRow } from './controlled-register.types.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** A text, inert in HTML, in the direction of its own. */
const own = (text: string | number | null): string =>
  `<bdi>${String(text ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')}</bdi>`;

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
      ? ` / ${own(entry.collectorName)}`
      : '';
  const prescriber =
    entry.prescriberName === null
      ? ''
      : `${own(entry.prescriberName)} ${own(entry.prescriberLicence)} ${own(entry.rxNumber)}`;
  const cells = [
    own(entry.day),
    own(entry.kind),
    ...[isOut ? '' : entry.quantity, isOut ? entry.quantity.slice(1) : '', entry.balanceAfter],
    `${own(entry.lotNumber)} ${own(entry.expiryDate)}`,
    `${own(entry.patientName ?? entry.supplierName)}${collected} ${own(entry.reason)}`,
    prescriber === '' ? own(entry.supplierDocument) : prescriber,
    own(entry.userName),
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
    const [first] = entries;
    const schedule = first?.schedule == null ? '' : ` (schedule ${own(first.schedule)})`;
    return `<h2>${own(first?.drugName ?? '')}${schedule}</h2>
<table><thead><tr>${HEAD.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${entries.map(row).join('\n')}</tbody></table>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Register of controlled medicines</title><style>${STYLE}</style></head>
<body><h1>Register of controlled medicines</h1><p>${own(selection)}</p>
${tables.length === 0 ? '<p>No entries.</p>' : tables.join('\n')}
</body></html>
`;
}
