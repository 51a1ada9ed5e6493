// Reads drawn symbols back, so that bwip-js can stand in for a printer and a scanner: bars and modules in, the text a
// scanner would send out. Written after the symbologies' own specifications, without looking at the module under test.

const GS = '\u001d';

/** Bars and spaces of Code 128 by symbol value (ISO/IEC 15417 table 1). */
const CODE_128 = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ');

/** Text of a Code 128 symbol with its symbology identifier; FNC1 behind the first place as the separator. */
export function readCode128(bars: readonly number[]): string {
  const values: number[] = [];
  for (let at = 0; at + 7 < bars.length; at += 6)
    values.push(CODE_128.indexOf(bars.slice(at, at + 6).join('')));
  const [start = 0, ...rest] = values.slice(0, -1);
  const check = rest.reduce((sum, value, index) => sum + value * (index + 1), start) % 103;
  if (check !== values.at(-1) || values.includes(-1)) throw new Error('not a Code 128 symbol');
  let set = 'ABC'.charAt(start - 103);
  let isShifted = false;
  let text = '';
  const isGs1 = rest[0] === 102;
  for (const value of isGs1 ? rest.slice(1) : rest) {
    const now = isShifted ? (set === 'A' ? 'B' : 'A') : set;
    isShifted = false;
    if (value === 102) text += GS;
    else if (now === 'C') {
      if (value < 100) text += String(value).padStart(2, '0');
      else set = value === 100 ? 'B' : 'A';
    } else if (value === 99) set = 'C';
    else if (value === 98) isShifted = true;
    else if (value === 100) set = 'B';
    else if (value === 101) set = 'A';
    else text += String.fromCharCode(now === 'A' && value >= 64 ? value - 64 : value + 32);
  }
  return `${isGs1 ? ']C1' : ']C0'}${text}`;
}

const LEFT_ODD = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
const reversed = (widths: string): string => [...widths].reverse().join('');
/** Which of the six left digits are of even parity, by the digit this stands for (EAN-13), or the check digit (UPC-E). */
const EAN_PARITY = [
  '000000',
  '001011',
  '001101',
  '001110',
  '010011',
  '011001',
  '011100',
  '010101',
  '010110',
  '011010',
];
const UPCE_PARITY = [
  '111000',
  '110100',
  '110010',
  '110001',
  '101100',
  '100110',
  '100011',
  '101010',
  '101001',
  '100101',
];

function eanDigits(bars: readonly number[], from: number, count: number): { digits: string; parity: string } {
  let digits = '';
  let parity = '';
  for (let digit = 0; digit < count; digit++) {
    const widths = bars.slice(from + digit * 4, from + digit * 4 + 4).join('');
    const isEven = !LEFT_ODD.includes(widths);
    digits += LEFT_ODD.indexOf(isEven ? reversed(widths) : widths);
    parity += isEven ? '1' : '0';
  }
  return { digits, parity };
}

/** Digits of an EAN-13, UPC-A (13 digits, the first 0), EAN-8 or UPC-E (8 digits) symbol without add-on. */
export function readEan(bars: readonly number[]): string {
  if (bars.length === 33) {
    const { digits, parity } = eanDigits(bars, 3, 6);
    const inverse = [...parity].map((bit) => (bit === '1' ? '0' : '1')).join('');
    const system = UPCE_PARITY.includes(parity) ? '0' : '1';
    return `${system}${digits}${UPCE_PARITY.indexOf(system === '0' ? parity : inverse)}`;
  }
  const half = bars.length === 43 ? 4 : 6;
  const left = eanDigits(bars, 3, half);
  const right = eanDigits(bars, 3 + half * 4 + 5, half);
  return `${half === 4 ? '' : EAN_PARITY.indexOf(left.parity)}${left.digits}${right.digits}`;
}

const ITF = ['11221', '21112', '12112', '22111', '11212', '21211', '12211', '11122', '21121', '12121'];

/** Digits of an interleaved 2 of 5 symbol. */
export function readItf(bars: readonly number[]): string {
  const wide = Math.max(...bars);
  const widths = bars.map((width) => (width === wide ? 2 : 1));
  let text = '';
  for (let at = 4; at + 10 <= widths.length - 3; at += 10) {
    const pair = widths.slice(at, at + 10);
    for (const offset of [0, 1])
      text += ITF.indexOf(pair.filter((_, index) => index % 2 === offset).join(''));
  }
  return text;
}

/** Data codewords of the square Data Matrix symbols by their side (ISO/IEC 16022 table 7). */
const DATA_CODEWORDS: Readonly<Record<number, number>> = {
  ...{
    10: 3,
    12: 5,
    14: 8,
    16: 12,
    18: 18,
    20: 22,
    22: 30,
    24: 36,
    26: 44,
    32: 62,
    36: 86,
    40: 114,
    44: 144,
  },
  ...{ 48: 174, 52: 204, 64: 280, 72: 368, 80: 456, 88: 576, 96: 696, 104: 816, 120: 1050, 132: 1304 },
};

/** The modules without finder patterns, by row and column (ISO/IEC 16022 5.6). */
function mappingMatrix(pixels: readonly number[], side: number): number[][] {
  const regions = side < 32 ? 1 : side < 64 ? 2 : side < 120 ? 4 : 6;
  const region = side / regions;
  const inner = [...Array(side).keys()].filter(
    (place) => place % region !== 0 && place % region !== region - 1,
  );
  return inner.map((row) => inner.map((column) => pixels[row * side + column] ?? 0));
}

/** Codewords in their order (ISO/IEC 16022 annex F). */
function codewords(matrix: readonly (readonly number[])[]): number[] {
  const size = matrix.length;
  const seen = matrix.map((row) => row.map(() => false));
  const words: number[] = [];
  const module = (row: number, column: number): number => {
    let [r, c] = [row, column];
    if (r < 0) [r, c] = [r + size, c + 4 - ((size + 4) % 8)];
    if (c < 0) [r, c] = [r + 4 - ((size + 4) % 8), c + size];
    const line = seen[r];
    if (line) line[c] = true;
    return matrix[r]?.[c] ?? 0;
  };
  const word = (places: readonly (readonly [number, number])[]): void => {
    words.push(places.reduce((sum, [r, c]) => sum * 2 + module(r, c), 0));
  };
  const utah = (r: number, c: number): void =>
    word([
      [r - 2, c - 2],
      [r - 2, c - 1],
      [r - 1, c - 2],
      [r - 1, c - 1],
      [r - 1, c],
      [r, c - 2],
      [r, c - 1],
      [r, c],
    ]);
  const n = size;
  let [r, c] = [4, 0];
  do {
    if (r === n && c === 0)
      word([
        [n - 1, 0],
        [n - 1, 1],
        [n - 1, 2],
        [0, n - 2],
        [0, n - 1],
        [1, n - 1],
        [2, n - 1],
        [3, n - 1],
      ]);
    if (r === n - 2 && c === 0 && n % 4 !== 0)
      word([
        [n - 3, 0],
        [n - 2, 0],
        [n - 1, 0],
        [0, n - 4],
        [0, n - 3],
        [0, n - 2],
        [0, n - 1],
        [1, n - 1],
      ]);
    if (r === n - 2 && c === 0 && n % 8 === 4)
      word([
        [n - 3, 0],
        [n - 2, 0],
        [n - 1, 0],
        [0, n - 2],
        [0, n - 1],
        [1, n - 1],
        [2, n - 1],
        [3, n - 1],
      ]);
    if (r === n + 4 && c === 2 && n % 8 === 0)
      word([
        [n - 1, 0],
        [n - 1, n - 1],
        [0, n - 3],
        [0, n - 2],
        [0, n - 1],
        [1, n - 3],
        [1, n - 2],
        [1, n - 1],
      ]);
    do {
      if (r < n && c >= 0 && !seen[r]?.[c]) utah(r, c);
      [r, c] = [r - 2, c + 2];
    } while (r >= 0 && c < n);
    [r, c] = [r + 1, c + 3];
    do {
      if (r >= 0 && c < n && !seen[r]?.[c]) utah(r, c);
      [r, c] = [r + 2, c - 2];
    } while (r < n && c >= 0);
    [r, c] = [r + 3, c + 1];
  } while (r < n || c < n);
  return words;
}

const SHIFT_2 = '!"#$%&\'()*+,-./:;<=>?@[\\]^_';

/** Characters of C40 (`isText` false) and Text: three values in two codewords. */
function c40(words: readonly number[], isText: boolean): { text: string; used: number } {
  const values: number[] = [];
  let used = 0;
  while (used < words.length && words[used] !== 254) {
    if (used + 1 >= words.length) break;
    const pair = (words[used] ?? 0) * 256 + (words[used + 1] ?? 0) - 1;
    values.push(Math.floor(pair / 1600), Math.floor(pair / 40) % 40, pair % 40);
    used += 2;
  }
  let text = '';
  let shift = 0;
  for (const value of values) {
    if (shift === 0 && value < 3) shift = value + 1;
    else {
      const letter = String.fromCharCode(value + 51);
      if (shift === 0)
        text += value === 3 ? ' ' : value < 14 ? String(value - 4) : isText ? letter.toLowerCase() : letter;
      else if (shift === 1) text += String.fromCharCode(value);
      else if (shift === 2) text += value === 27 ? GS : SHIFT_2.charAt(value);
      else
        text +=
          isText && value > 0 && value < 27
            ? String.fromCharCode(value + 64)
            : String.fromCharCode(value + 96);
      shift = 0;
    }
  }
  return { text, used: words[used] === 254 ? used + 1 : used };
}

/** X12: as C40 without shifts. */
function x12(words: readonly number[]): { text: string; used: number } {
  let text = '';
  let used = 0;
  for (; used + 1 < words.length && words[used] !== 254; used += 2) {
    const pair = (words[used] ?? 0) * 256 + (words[used + 1] ?? 0) - 1;
    for (const value of [Math.floor(pair / 1600), Math.floor(pair / 40) % 40, pair % 40])
      text += value < 4 ? '\r*> '.charAt(value) : String.fromCharCode(value < 14 ? value + 44 : value + 51);
  }
  return { text, used: words[used] === 254 ? used + 1 : used };
}

/** EDIFACT: four characters in three codewords, 31 ends. */
function edifact(words: readonly number[]): { text: string; used: number } {
  let text = '';
  for (let used = 0; ; used += 3) {
    if (used + 2 >= words.length) return { text, used };
    const bits = (words[used] ?? 0) * 65536 + (words[used + 1] ?? 0) * 256 + (words[used + 2] ?? 0);
    for (let place = 0; place < 4; place++) {
      const value = (bits >> (18 - 6 * place)) & 63;
      if (value === 31) return { text, used: used + Math.min(place + 1, 3) };
      text += String.fromCharCode(value < 32 ? value + 64 : value);
    }
  }
}

/** Base 256 with its length in front, each codeword blurred by its place (annex B.2). */
function base256(words: readonly number[], place: number): { text: string; used: number } {
  const clear = words.map((word, index) => (word - (((149 * (place + index + 1)) % 255) + 1) + 256) % 256);
  const [first = 0, second = 0] = clear;
  const [from, length] =
    first === 0 ? [1, words.length - 1] : first < 250 ? [1, first] : [2, (first - 249) * 250 + second];
  return { text: String.fromCharCode(...clear.slice(from, from + length)), used: from + length };
}

/** Text of a square Data Matrix symbol with its symbology identifier; FNC1 behind the first place as the separator. */
export function readDataMatrix(pixels: readonly number[], side: number): string {
  const words = codewords(mappingMatrix(pixels, side)).slice(0, DATA_CODEWORDS[side]);
  let text = '';
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? 0;
    at += 1;
    const rest = words.slice(at);
    const block =
      word === 230 || word === 239
        ? c40(rest, word === 239)
        : word === 238
          ? x12(rest)
          : word === 240
            ? edifact(rest)
            : word === 231
              ? base256(rest, at)
              : undefined;
    if (block) {
      text += block.text;
      at += block.used;
    } else if (word === 129) break;
    else if (word <= 128) text += String.fromCharCode(word - 1);
    else if (word <= 229) text += String(word - 130).padStart(2, '0');
    else if (word === 232) text += GS;
    else throw new Error(`codeword ${word} is not read here`);
  }
  return text.startsWith(GS) ? `]d2${text.slice(1)}` : `]d1${text}`;
}
