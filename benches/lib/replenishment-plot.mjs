// What is lost against the stock held, for each way of buying: as sentences, and as a figure (an SVG plain enough for light and dark).
const WIDTH = 640;
const HEIGHT = 380;
const LEFT = 64;
const RIGHT = 150;
const TOP = 40;
const BOTTOM = 52;
const GREY = '#808690';
/** Told apart by brightness and dash as well as by colour, on white and on black. */
const LINES = [
  { colour: '#2f7ed8', dash: '' },
  { colour: '#d9822b', dash: '7 3' },
  { colour: '#8a8f98', dash: '2 3' },
  { colour: '#3a9d6e', dash: '9 3 2 3' },
];
/** Shares lost at which ways are compared. */
const LOST = [0.01, 0.02, 0.05];

const round = (value) => Math.round(value * 10) / 10;
const text = (x, y, content, more = '') =>
  `<text x="${round(x)}" y="${round(y)}" fill="${GREY}" font-size="12" ${more}>${content}</text>`;

/** Days of stock a way needs for a share lost, between its points on a logarithmic scale; undefined beyond them. */
export function capitalAt(points, lost) {
  for (let at = 1; at < points.length; at++) {
    const [a, b] = [points[at - 1], points[at]];
    if ((a.lostValue - lost) * (b.lostValue - lost) > 0) continue;
    const part = (Math.log(lost) - Math.log(a.lostValue)) / (Math.log(b.lostValue) - Math.log(a.lostValue));
    return a.capital + part * (b.capital - a.capital);
  }
  return undefined;
}

/** What each way needs for the same service. */
export function atSame(policies) {
  return LOST.map((lost) => {
    const each = policies.map(({ name, points }) => {
      const days = capitalAt(points, lost);
      return `${name} ${days === undefined ? 'not reached' : `${days.toFixed(1)} days`}`;
    });
    return `${lost * 100} % of the value lost, stock: ${each.join(', ')}`;
  });
}

/** Value lost over days of stock, mean of the seeds; a point for each service aimed at. */
export function plotFrontier(results) {
  const ways = results[0].policies.map(({ name, points }, at) => ({
    name,
    points: points.map(({ aim }, n) => {
      const own = results.map(({ policies }) => policies[at].points[n]);
      const mean = (of) => own.reduce((sum, one) => sum + of(one), 0) / own.length;
      return { aim, capital: mean((one) => one.capital), lost: mean((one) => one.lostValue) };
    }),
  }));
  const all = ways.flatMap(({ points }) => points);
  const most = Math.ceil(Math.max(...all.map(({ capital }) => capital)) / 10) * 10;
  const least = Math.floor(Math.min(...all.map(({ capital }) => capital)) / 10) * 10;
  const [low, high] = [Math.min(...all.map(({ lost }) => lost)), Math.max(...all.map(({ lost }) => lost))];
  const x = (capital) => LEFT + ((WIDTH - LEFT - RIGHT) * (capital - least)) / (most - least);
  const top = Math.log10(high * 1.15);
  const span = top - Math.log10(low / 1.15);
  const y = (lost) => TOP + ((HEIGHT - TOP - BOTTOM) * (top - Math.log10(lost))) / span;

  const grid = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
    .filter((lost) => lost >= low / 1.15 && lost <= high * 1.15)
    .flatMap((lost) => [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(lost))}" y2="${round(y(lost))}" stroke="${GREY}" stroke-opacity="0.35"/>`,
      text(LEFT - 8, y(lost) + 4, `${lost * 100} %`, 'text-anchor="end"'),
    ]);
  for (let capital = least; capital <= most; capital += 10)
    grid.push(text(x(capital), HEIGHT - BOTTOM + 20, capital, 'text-anchor="middle"'));
  const drawn = ways.map(({ points }, at) => {
    const { colour, dash } = LINES[at % LINES.length];
    const path = points.map(
      ({ capital, lost }, n) => `${n === 0 ? 'M' : 'L'}${round(x(capital))} ${round(y(lost))}`,
    );
    const dots = points.map(
      ({ capital, lost }) =>
        `<circle cx="${round(x(capital))}" cy="${round(y(lost))}" r="3" fill="${colour}"/>`,
    );
    return `<path d="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>${dots.join('')}`;
  });
  const legend = ways.map(({ name }, at) => {
    const { colour, dash } = LINES[at % LINES.length];
    const place = TOP + 16 + at * 22;
    return (
      `<line x1="${WIDTH - RIGHT + 8}" x2="${WIDTH - RIGHT + 30}" y1="${place - 4}" y2="${place - 4}" stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>` +
      text(WIDTH - RIGHT + 36, place, name)
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" role="img" aria-label="Value lost by days of stock held, for each way of buying">`,
    text(
      LEFT,
      20,
      'Demand lost by stock held: the lower and the further left, the better',
      'font-weight="bold"',
    ),
    ...grid,
    ...drawn,
    ...legend,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, 'stock held, days of demand', 'text-anchor="middle"'),
    '</svg>\n',
  ].join('\n');
}
