import { Quantity } from '../../platform/money/quantity.js';
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
tr.b td { font-weight: 600 }
.month { break-before: page }
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
  'By, witness',
];

function row(entry: RegisterRow): string {
  const isOut = entry.quantity.startsWith('-');
  const collected =
    entry.collectorName !== null && entry.collectorName !== entry.patientName
      ? ` / ${shown(entry.collectorName)}`
      : '';
  const corrected = entry.correctsEntryNo === null ? '' : ` (corrects no. ${entry.correctsEntryNo})`;
  const prescriber =
    entry.prescriberName === null
      ? ''
      : `${shown(entry.prescriberName)} ${shown(entry.prescriberLicence)} ${shown(entry.rxNumber)}`;
  const cells = [
    shown(entry.day),
    shown(entry.kind),
    ...[isOut ? '' : entry.quantity, isOut ? entry.quantity.slice(1) : '', entry.balanceAfter],
    `${shown(entry.lotNumber)} ${shown(entry.expiryDate)}`,
    `${shown(entry.patientName ?? entry.supplierName)}${collected} ${shown(entry.collectorDocument)} ${shown(entry.reason)}${corrected}`,
    prescriber === '' ? shown(entry.supplierDocument) : prescriber,
    entry.witnessName === null
      ? shown(entry.userName)
      : `${shown(entry.userName)} / ${shown(entry.witnessName)}`,
  ];
  const isNumber = (index: number): boolean => index >= 2 && index <= 4;
  return `<tr><td class="n">${entry.entryNo}</td>${cells
    .map((cell, index) => (isNumber(index) ? `<td class="n">${cell}</td>` : `<td>${cell}</td>`))
    .join('')}</tr>`;
}

/** What there was before an entry, by its own balance. */
function before({ quantity, balanceAfter }: RegisterRow): string {
  const moved = Quantity.of(quantity.replace('-', ''));
  const after = Quantity.of(balanceAfter);
  return (quantity.startsWith('-') ? after.plus(moved) : after.minus(moved)).toString();
}

/** A line that carries a balance on: at the head of a month what there was, at its foot what is left. */
const balanceRow = (text: string, balance: string): string =>
  `<tr class="b"><td></td><td></td><td>${text}</td><td></td><td></td><td class="n">${balance}</td><td colspan="4"></td></tr>`;

/** Rows of one product by month, in the order given. */
function byMonth(entries: readonly RegisterRow[]): [string, RegisterRow[]][] {
  const months = new Map<string, RegisterRow[]>();
  for (const entry of entries) {
    const month = entry.day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return [...months];
}

function monthTable(
  month: string,
  entries: readonly RegisterRow[],
  isWhole: boolean,
  isFirst: boolean,
): string {
  const [first, last] = [entries[0], entries.at(-1)];
  const opening =
    isWhole && first && first.kind !== 'opening' ? balanceRow('Opening balance', before(first)) : '';
  const closing = isWhole && last ? balanceRow('Closing balance', last.balanceAfter) : '';
  return `<table${isFirst ? '' : ' class="month"'}><caption>${shown(month)}</caption><thead><tr>${HEAD.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${opening}${entries.map(row).join('\n')}${closing}</tbody></table>`;
}

/**
 * The register as a page to print, a table for each product and month, without scripts. `selection` says what was asked for;
 * `isWhole`: no entry between the first and the last is left out, so that opening and closing balances are shown.
 */
export function printRegister(rows: readonly RegisterRow[], selection: string, isWhole: boolean): string {
  const products = new Map<number, RegisterRow[]>();
  for (const entry of rows) products.set(entry.drugId, []);
  for (const entry of rows) products.get(entry.drugId)?.push(entry);
  const tables = [...products.values()].map((entries) => {
    const { drugName, schedule } = entries[0] ?? { drugName: '', schedule: null };
    const under = schedule === null ? '' : ` (schedule ${shown(schedule)})`;
    return `<h2>${shown(drugName)}${under}</h2>
${byMonth(entries)
  .map(([month, ofMonth], index) => monthTable(month, ofMonth, isWhole, index === 0))
  .join('\n')}`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Register of controlled medicines</title><style>${STYLE}</style></head>
<body><h1>Register of controlled medicines</h1><p>${shown(selection)}</p>
${tables.length === 0 ? '<p>No entries.</p>' : tables.join('\n')}
</body></html>
`;
}
