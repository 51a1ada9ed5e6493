import { inflateSync } from 'node:zlib';

/** What one command of a PDF draws, and where: points from the left and from the top of its page. */
export interface DrawnText {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface Read {
  readonly version: string;
  readonly pages: number;
  readonly texts: readonly DrawnText[];
}

const hexOf = (hex: string, digits: number): number[] =>
  (hex.match(new RegExp(`.{${digits}}`, 'g')) ?? []).map((one) => parseInt(one, 16));

/** Letters by glyph, of a ToUnicode table. */
function lettersOf(table: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, start = '', list = ''] of table.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, units = ''], index) => {
      const codes = hexOf(units.replaceAll(' ', ''), 4);
      letters.set(parseInt(start, 16) + index, String.fromCharCode(...codes));
    });
  return letters;
}

/** Reads a PDF as PDFKit writes it: its pages, and every text with its place. Throws where a table or a stream is not as it should be. */
export function readPdf(file: Buffer): Read {
  const raw = file.toString('latin1');
  const objects = new Map<number, string>();
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(Number(id), body);
  const object = (id: string | undefined): string => {
    const found = objects.get(Number(id));
    if (found === undefined) throw new Error(`The PDF has no object ${id}.`);
    return found;
  };
  const streamOf = (id: string | undefined): string => {
    const body = object(id);
    const content = /stream\n([\s\S]*)\nendstream/.exec(body)?.[1] ?? '';
    return /FlateDecode/.test(body)
      ? inflateSync(Buffer.from(content, 'latin1')).toString('latin1')
      : content;
  };
  const fonts = new Map<string, Map<number, string> | undefined>();
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body));
  const texts: DrawnText[] = [];
  for (const [index, page] of pages.entries()) {
    const resources = object(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
    for (const [, name = '', id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(object(id))?.[1];
      if (!fonts.has(name)) fonts.set(name, table === undefined ? undefined : lettersOf(streamOf(table)));
    }
    const height = Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(page)?.[1]);
    const content = streamOf(/\/Contents (\d+) 0 R/.exec(page)?.[1]);
    for (const [, block = ''] of content.matchAll(/BT\n([\s\S]*?)\nET/g)) {
      const places = [...block.matchAll(/1 0 0 1 ([-\d.]+) ([-\d.]+) Tm/g)].map(([, x, y]) =>
        [x, y].map(Number),
      );
      const letters = fonts.get(/\/(F\d+) [\d.]+ Tf/.exec(block)?.[1] ?? '');
      const hex = [...block.matchAll(/<([0-9a-f]*)>/gi)].map(([, part]) => part ?? '').join('');
      const text = letters
        ? hexOf(hex, 4).map((glyph) => letters.get(glyph) ?? '\ufffd')
        : hexOf(hex, 2).map((code) => String.fromCharCode(code));
      // Dots and marks of letters lie above or below; where most stands is where the line stands.
      const heights = places.map(([, y = 0]) => y);
      const often = (y: number): number => heights.filter((one) => one === y).length;
      const y = heights.reduce((best, one) => (often(one) > often(best) ? one : best), heights[0] ?? 0);
      texts.push({ page: index + 1, x: places[0]?.[0] ?? 0, y: height - y, text: text.join('') });
    }
  }
  return { version: /^%PDF-([\d.]+)/.exec(raw)?.[1] ?? '', pages: pages.length, texts };
}

/** Points; texts nearer to each other stand on one line. */
const APART = 4;

/** Lines of a page as they are seen, without white space: what stands at one height, from left to right. */
export function seenLines({ texts }: Read): string[] {
  const lines: DrawnText[][] = [];
  for (const text of [...texts].sort((a, b) => a.page - b.page || a.y - b.y)) {
    const [first] = lines.at(-1) ?? [];
    if (first?.page === text.page && text.y - first.y < APART) lines.at(-1)?.push(text);
    else lines.push([text]);
  }
  return lines.map((line) =>
    line
      .sort((a, b) => a.x - b.x)
      .map(({ text }) => text)
      .join('')
      .replace(/\s/g, ''),
  );
}
