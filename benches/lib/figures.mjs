// What documents show of the records: figures as SVG, and tables between marks in docs/performance.md.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { ALL } from './names.mjs';
import { barPlot, linePlot } from './plot.mjs';
import { MEASURES, readRecord } from './record.mjs';
import { markdownTable, sayConditions, short } from './table.mjs';

export const CURVE = 'curve';

/** Lines of one measure by the axis of the record; of the subjects that `shows` lets through. */
const lines = (name, title, measure, { shows = () => true, isLog = false } = {}) => ({
  name,
  draw: ({ figures, axis }) => {
    const some = figures.filter((figure) => figure.at !== undefined && measure in figure && shows(figure.of));
    const names = [...new Set(some.map(({ of }) => of))];
    const series = names.map((of) => ({
      name: of,
      points: some.filter((figure) => figure.of === of).map((figure) => [figure.at, figure[measure]]),
    }));
    return linePlot({ title, xLabel: axis, yLabel: MEASURES[measure].label, isLog, series });
  },
});
/** Bars of one measure. */
const bars = (name, title, measure, { shows = () => true, isLog = false } = {}) => ({
  name,
  draw: ({ figures }) =>
    barPlot({
      title,
      label: MEASURES[measure].label,
      isLog,
      bars: figures
        .filter((figure) => figure.at === undefined && measure in figure && shows(figure))
        .map((figure) => ({ name: figure.of, value: figure[measure] })),
    }),
});

const isWhole = ({ of }) => !of.startsWith('…');
const CHARTS = {
  search: [bars('search', 'One search, p95', 'p95', { shows: isWhole, isLog: true })],
  screen: [bars('screen', 'One screening, p95', 'p95', { isLog: true })],
  checkout: [
    lines('checkout', 'Sales a second, evenly over all products', 'perSecond', { shows: (of) => !of.endsWith(', hot') }),
    lines('checkout-hot', 'Sales a second, four in five on ten products', 'perSecond', { shows: (of) => !of.endsWith(', uniform') }),
  ],
  fill: [lines('fill', 'Fills a second', 'perSecond')],
  import: [bars('import', 'Rows a second', 'perSecond', { isLog: true })],
  http: [lines('http', 'Answers a second', 'perSecond', { isLog: true })],
  start: [bars('start', 'Milliseconds from the start of the process, p50', 'p50')],
  web: [bars('web', 'First load of a screen', 'kilobytes')],
}; // prettier-ignore

/** The records of the curve, one for each operation and size. */
export function curveRecords(folder) {
  const kept = join(folder, CURVE);
  if (!existsSync(kept)) return [];
  return readdirSync(kept)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readRecord(`${CURVE}/${file.slice(0, -'.json'.length)}`, folder));
}

/** Lines of the curve: for each axis, each operation with its value by size. */
function curveOf(records, axis, measure) {
  const all = records.filter((record) => record.axis === axis).flatMap(({ figures }) => figures);
  const some = all.filter((figure) => measure in figure);
  return [...new Set(some.map(({ of }) => of))].map((of) => ({
    name: of,
    points: some.filter((figure) => figure.of === of).map((figure) => [figure.at, figure[measure]]).sort((a, b) => a[0] - b[0]),
  }));
} // prettier-ignore

function curveFigures(records) {
  const axes = [...new Set(records.map(({ axis }) => axis))];
  const drawn = axes.flatMap((axis) => {
    const times = curveOf(records, axis, 'p95').filter(({ points }) => points.length > 0);
    const rates = curveOf(records, axis, 'perSecond').filter(({ name }) => name.startsWith('import'));
    const slug = `curve-${axis.split(' ')[0]}`;
    return [
      ...(times.length > 0 ? [[`${slug}.svg`, linePlot({ title: `p95 by ${axis}`, xLabel: axis, yLabel: 'p95 ms', isLog: true, series: times })]] : []),
      ...(rates.length > 0 ? [[`${slug}-import.svg`, linePlot({ title: `Rows a second by ${axis}`, xLabel: axis, yLabel: 'a second', series: rates })]] : []),
    ];
  }); // prettier-ignore
  return Object.fromEntries(drawn);
}

/** Every figure there is a record for: its file below docs/figures, and its SVG. */
export function figureFiles(folder) {
  const drawn = ALL.flatMap((name) => {
    const record = readRecord(name, folder);
    return record ? CHARTS[name].map((chart) => [`bench-${chart.name}.svg`, chart.draw(record)]) : [];
  });
  return { ...Object.fromEntries(drawn), ...curveFigures(curveRecords(folder)) };
}

const image = (file, words) => `![${words}](figures/${file})`;

function sectionOf(name, folder) {
  const record = readRecord(name, folder);
  if (!record) return [`Not recorded yet: \`npm run meditory -- bench ${name} --full --record\`.`];
  const given = Object.entries(record.sizes).map(([size, value]) => `--${size} ${value}`);
  return [
    `\`npm run meditory -- bench ${name} ${given.join(' ')}\` (${sayConditions(record)}).`,
    '',
    ...markdownTable(record),
    ...record.notes.flatMap((note) => ['', note]),
    ...CHARTS[name].flatMap((chart) => [
      '',
      image(`bench-${chart.name}.svg`, `${name}: the table as a figure`),
    ]),
  ];
}

function curveSection(folder) {
  const records = curveRecords(folder);
  if (records.length === 0) return ['Not recorded yet: `npm run meditory -- bench curve --full --record`.'];
  const axes = [...new Set(records.map(({ axis }) => axis))];
  const tables = axes.flatMap((axis) => {
    const own = records.filter((record) => record.axis === axis);
    const sizes = [...new Set(own.flatMap(({ figures }) => figures.map(({ at }) => at)))].sort(
      (a, b) => a - b,
    );
    const shown = [...curveOf(own, axis, 'p95').map((one) => [one, 'p95 ms']), ...curveOf(own, axis, 'perSecond').map((one) => [one, 'a second'])]; // prettier-ignore
    const row = (cells) => `| ${cells.join(' | ')} |`;
    return [
      '',
      row([axis, ...sizes.map(short)]),
      row(['---', ...sizes.map(() => '---')]),
      ...shown.map(([{ name, points }, unit]) => row([`${name}, ${unit}`, ...sizes.map((size) => short(points.find(([at]) => at === size)?.[1]))])), // prettier-ignore
    ];
  });
  const from = [...new Set(records.map(sayConditions))];
  return [
    `\`npm run meditory -- bench curve\` (${from.join('; ')}).`,
    ...tables,
    ...Object.keys(curveFigures(records)).flatMap((file) => ['', image(file, 'the tables as a figure')]),
  ];
}

const MARKED = /<!-- figures: (\S+) -->\n[\s\S]*?<!-- end of figures -->/g;

/** The document with what the records say between its marks; not yet formatted. */
export const withFigures = (text, folder) =>
  text.replace(MARKED, (_all, name) => {
    const section = name === CURVE ? curveSection(folder) : sectionOf(name, folder);
    return `<!-- figures: ${name} -->\n\n${section.join('\n')}\n\n<!-- end of figures -->`;
  });

/** Names of benches a document has marks for. */
export const markedIn = (text) => [...text.matchAll(MARKED)].map(([, name]) => name);
