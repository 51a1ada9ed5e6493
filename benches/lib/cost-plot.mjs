// The costs of searching by number of products as a figure: an SVG written by hand, plain enough for light and dark.
const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 64;
const RIGHT = 150;
const TOP = 40;
const BOTTOM = 48;

/** One line for each: what it is called, and its value in the result of a run. */
const LINES = [
  { name: 'p50', of: (figures) => figures.p50, dash: '' },
  { name: 'p95', of: (figures) => figures.p95, dash: '6 3' },
  { name: 'p99', of: (figures) => figures.p99, dash: '2 3' },
];
/** Told apart by brightness as well as by colour, on white and on black. */
const COLOURS = ['#2f7ed8', '#d9822b', '#8a8f98'];
const GREY = '#808690';

const shorten = (rows) => (rows >= 1e6 ? `${rows / 1e6} M` : `${rows / 1e3} k`);
const round = (value) => Math.round(value * 10) / 10;
const text = (x, y, content, more = '') =>
  `<text x="${round(x)}" y="${round(y)}" fill="${GREY}" font-size="12" ${more}>${content}</text>`;

/** Milliseconds over products, both logarithmic; one colour for each engine, one dash for each quantile. */
export function plotCosts(results, key) {
  const engines = [...new Set(results.flatMap(({ engines }) => Object.keys(engines)))];
  const rows = results.map((result) => result.rows);
  const points = results.flatMap((result) =>
    Object.entries(result.engines).flatMap(([engine, figures]) =>
      LINES.map((line) => ({ engine, line, rows: result.rows, ms: Math.max(0.01, line.of(figures[key])) })),
    ),
  );
  const lowest = Math.floor(Math.log10(Math.min(...points.map(({ ms }) => ms))));
  const highest = Math.ceil(Math.log10(Math.max(...points.map(({ ms }) => ms))));
  const first = Math.log10(Math.min(...rows));
  const span = Math.log10(Math.max(...rows)) - first || 1;
  const x = (count) => LEFT + ((WIDTH - LEFT - RIGHT) * (Math.log10(count) - first)) / span;
  const y = (ms) => TOP + ((HEIGHT - TOP - BOTTOM) * (highest - Math.log10(ms))) / (highest - lowest || 1);

  const grid = [];
  for (let power = lowest; power <= highest; power++) {
    const at = y(10 ** power);
    grid.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(at)}" y2="${round(at)}" stroke="${GREY}" stroke-opacity="0.35"/>`,
      text(LEFT - 8, at + 4, `${10 ** power} ms`, 'text-anchor="end"'),
    );
  }
  for (const count of rows)
    grid.push(text(x(count), HEIGHT - BOTTOM + 20, shorten(count), 'text-anchor="middle"'));

  const drawn = engines.flatMap((engine, at) =>
    LINES.map((line) => {
      const own = points.filter((point) => point.engine === engine && point.line === line);
      const path = own.map(
        ({ rows: count, ms }, n) => `${n === 0 ? 'M' : 'L'}${round(x(count))} ${round(y(ms))}`,
      );
      const colour = COLOURS[at % COLOURS.length];
      const dots = own.map(
        ({ rows: count, ms }) =>
          `<circle cx="${round(x(count))}" cy="${round(y(ms))}" r="3" fill="${colour}"/>`,
      );
      const dash = line.dash === '' ? '' : ` stroke-dasharray="${line.dash}"`;
      return `<path d="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>${dots.join('')}`;
    }),
  );
  const legend = [
    ...engines.map((engine, at) => {
      const place = TOP + 16 + at * 20;
      return (
        `<rect x="${WIDTH - RIGHT + 12}" y="${place - 9}" width="10" height="10" fill="${COLOURS[at % COLOURS.length]}"/>` +
        text(WIDTH - RIGHT + 28, place, engine)
      );
    }),
    ...LINES.map(({ name, dash }, at) => {
      const place = TOP + 32 + (engines.length + at) * 20;
      const line = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
      return (
        `<line x1="${WIDTH - RIGHT + 8}" x2="${WIDTH - RIGHT + 26}" y1="${place - 4}" y2="${place - 4}" stroke="${GREY}" stroke-width="2"${line}/>` +
        text(WIDTH - RIGHT + 32, place, name)
      );
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" role="img" aria-label="Search times by number of products">`,
    text(LEFT, 20, 'One search, 20 hits and six facets, by number of products', 'font-weight="bold"'),
    ...grid,
    ...drawn,
    ...legend,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'products', 'text-anchor="middle"'),
    '</svg>\n',
  ].join('\n');
}
