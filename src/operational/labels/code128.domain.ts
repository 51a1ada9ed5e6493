/** Bars and spaces of each symbol value in modules, six to a symbol (ISO/IEC 15417, table of patterns). */
const PATTERNS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ');
const STOP = '2331112';
const [SET_C, SET_B, START_B, START_C] = [99, 100, 104, 105];
const PRINTABLE = /^[ -~]+$/;
/** Longest text: beyond it no label is wide enough. */
const LONGEST = 40;

/** Symbol values of a text: pairs of digits in set C wherever four or more stand together, all else in set B. */
function valuesOf(text: string): number[] {
  const values: number[] = [];
  let set: 'B' | 'C' | undefined;
  for (const [run] of text.matchAll(/\d{4,}|(?:(?!\d{4})[ -~])+/g)) {
    const isPairs = /^\d{4,}$/.test(run);
    const pairs = isPairs ? run.slice(0, run.length - (run.length % 2)) : '';
    if (isPairs) {
      if (set !== 'C') values.push(set === undefined ? START_C : SET_C);
      set = 'C';
      for (let at = 0; at < pairs.length; at += 2) values.push(Number(pairs.slice(at, at + 2)));
    }
    const rest = run.slice(pairs.length);
    if (rest === '') continue;
    if (set !== 'B') values.push(set === undefined ? START_B : SET_B);
    set = 'B';
    for (const character of rest) values.push(character.charCodeAt(0) - 32);
  }
  return values;
}

/** Widths of bars and spaces in modules, a bar first; throws RangeError for a text that has no Code 128 symbol here. */
export function code128(text: string): number[] {
  if (!PRINTABLE.test(text) || text.length > LONGEST)
    throw new RangeError('not a text for a Code 128 symbol');
  const values = valuesOf(text);
  const [start = 0, ...data] = values;
  const check = data.reduce((sum, value, index) => sum + value * (index + 1), start) % 103;
  const patterns = [...values, check].map((value) => PATTERNS[value] ?? '');
  return [...patterns.join(''), ...STOP].map(Number);
}

/** Quiet zone on both sides, modules. */
const QUIET = 10;

/** The symbol as inline SVG, one module wide per unit: print it at least 0.19 mm a module. `height` in modules. */
export function code128Svg(text: string, height: number): string {
  let at = QUIET;
  let bars = '';
  code128(text).forEach((width, index) => {
    if (index % 2 === 0) bars += `M${at} 0h${width}v${height}h-${width}z`;
    at += width;
  });
  const width = at + QUIET;
  return `<svg class="barcode" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" shape-rendering="crispEdges" role="img" aria-label="${text}"><path d="${bars}"/></svg>`;
}
