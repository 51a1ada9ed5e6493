// Figures as SVG, written by hand: lines over an axis, and bars. Nothing is filled behind them and every colour is of middle brightness, so that they
// can be read on white and on black; lines differ by their dashes as well.
const WIDTH = 820;
const LEFT = 64;
const LEGEND = 330;
const TOP = 40;
const BOTTOM = 48;
const ROW = 20;
const LEAST_HEIGHT = 320;
const GREY = '#808690';
const COLOURS = ['#2f7ed8', '#d9822b', '#2e9e5b', '#c2549d', '#8a8f98', '#8f6ad8', '#b5892c', '#d05252'];
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 4', '1 4', '12 4', '6 2 1 2'];

const round = (value) => Math.round(value * 10) / 10;
const escape = (content) =>
  String(content).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const text = (x, y, content, more = '') =>
  `<text x="${round(x)}" y="${round(y)}" fill="${GREY}" font-size="12"${more && ` ${more}`}>${escape(content)}</text>`;
const svg = (height, title, parts) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" role="img" aria-label="${escape(title)}">`,
    text(LEFT, ROW, title, 'font-weight="bold"'),
    ...parts,
    '</svg>\n',
  ].join('\n');

/** 1,500,000 as 1.5 M. */
export function brief(value) {
  if (value >= 1e6) return `${round(value / 1e6)} M`;
  if (value >= 1e4) return `${round(value / 1e3)} k`;
  return String(Math.round(value * 1000) / 1000);
}

/** Ticks of a logarithmic axis: the powers of ten around the values. */
export function powersAround(values) {
  const lowest = Math.floor(Math.log10(Math.min(...values)));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: highest - lowest + 1 }, (_, n) => 10 ** (lowest + n));
}

/** Ticks of an axis from 0: some five round steps that reach past the values. */
export function stepsTo(values) {
  const most = Math.max(...values, 0);
  if (most === 0) return [0, 1];
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => Math.round(n * step * 1e6) / 1e6);
}

/** Where a value stands between the first and last tick, from 0 to 1. */
function placing(ticks, isLog) {
  const of = isLog ? Math.log10 : (value) => value;
  const first = of(ticks[0]);
  const span = of(ticks.at(-1)) - first || 1;
  return (value) => (of(value) - first) / span;
}

/** Lines of `series` ({ name, points: [[x, y]] }); the x axis is logarithmic, the y axis where `isLog`. */
export function linePlot({ title, xLabel, yLabel, isLog = false, series }) {
  const height = Math.max(LEAST_HEIGHT, TOP + BOTTOM + ROW * (series.length + 1));
  const right = WIDTH - LEGEND;
  const points = series.flatMap((one) => one.points);
  const places = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b);
  const values = points.map(([, y]) => y).filter((y) => !isLog || y > 0);
  if (values.length === 0) throw new Error(`${title}: nothing to draw`);
  const ticks = isLog ? powersAround(values) : stepsTo(values);
  const across = placing(places, true);
  const upward = placing(ticks, isLog);
  const x = (value) => LEFT + (right - LEFT) * across(value);
  const y = (value) => height - BOTTOM - (height - TOP - BOTTOM) * upward(value);
  const grid = ticks.flatMap((tick) => [
    `<line x1="${LEFT}" x2="${right}" y1="${round(y(tick))}" y2="${round(y(tick))}" stroke="${GREY}" stroke-opacity="0.35"/>`,
    text(LEFT - 8, y(tick) + 4, brief(tick), 'text-anchor="end"'),
  ]);
  const below = places.map((place) =>
    text(x(place), height - BOTTOM + ROW, brief(place), 'text-anchor="middle"'),
  );
  const lines = series.flatMap(({ name, points: own }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const dash = DASHES[at % DASHES.length];
    const dashed = dash && ` stroke-dasharray="${dash}"`;
    const drawn = own
      .filter(([, value]) => !isLog || value > 0)
      .map(([place, value]) => [round(x(place)), round(y(value))]);
    const path = drawn.map((point, n) => `${n === 0 ? 'M' : 'L'}${point.join(' ')}`).join(' ');
    const place = TOP + 12 + at * ROW;
    return [
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dashed}/>`,
      ...drawn.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`),
      `<line x1="${right + 12}" x2="${right + 40}" y1="${place - 4}" y2="${place - 4}" stroke="${colour}" stroke-width="2"${dashed}/>`,
      text(right + 46, place, name),
    ];
  });
  return svg(height, title, [
    ...grid,
    ...below,
    ...lines,
    text(right + 12, TOP - 8, yLabel),
    text((LEFT + right) / 2, height - 8, xLabel, 'text-anchor="middle"'),
  ]);
}

/** A bar for each of `bars` ({ name, value }), longest as drawn from the left; logarithmic where `isLog`. */
export function barPlot({ title, label, isLog = false, bars }) {
  const shown = bars.filter(({ value }) => value > 0);
  if (shown.length === 0) throw new Error(`${title}: nothing to draw`);
  const height = TOP + ROW * shown.length + BOTTOM;
  const left = LEGEND;
  const right = WIDTH - LEFT;
  const values = shown.map(({ value }) => value);
  const ticks = isLog ? powersAround(values) : stepsTo(values);
  const across = placing(ticks, isLog);
  const x = (value) => left + (right - left) * across(value);
  const bottom = height - BOTTOM;
  return svg(height, title, [
    ...ticks.flatMap((tick) => [
      `<line x1="${round(x(tick))}" x2="${round(x(tick))}" y1="${TOP - 8}" y2="${bottom}" stroke="${GREY}" stroke-opacity="0.35"/>`,
      text(x(tick), bottom + 16, brief(tick), 'text-anchor="middle"'),
    ]),
    ...shown.flatMap(({ name, value }, at) => {
      const top = TOP + at * ROW;
      return [
        `<rect x="${left}" y="${top}" width="${round(Math.max(1, x(value) - left))}" height="${ROW - 8}" fill="${COLOURS[0]}"/>`,
        text(left - 8, top + 10, name, 'text-anchor="end"'),
        text(x(value) + 6, top + 10, brief(value)),
      ];
    }),
    text((left + right) / 2, height - 8, label, 'text-anchor="middle"'),
  ]);
}
