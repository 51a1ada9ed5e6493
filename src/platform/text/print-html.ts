/** Language of a printed page. */
export type PageLanguage = 'ar' | 'en';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text inert in HTML, in attributes too. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Text that reads left to right on any page: numbers with units, codes, dates. */
export const ltr = (text: string): string => `<bdi dir="ltr">${escapeHtml(text)}</bdi>`;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const QUANTITY = String.raw`\d[\d.,:]*(?:\s?[A-Za-zµμ%°]+)?`;
/** Quantities, also several that belong together ("120 mg/5 ml"), and Latin words. */
const LATIN = new RegExp(
  String.raw`${QUANTITY}(?:\s?[/+×–-]\s?${QUANTITY})*|[A-Za-z][A-Za-z0-9.'-]*(?:\s+[A-Za-z0-9][A-Za-z0-9.'%-]*)*`,
  'g',
);

/**
 * Text whose direction is its own: a name. Inside Arabic, each quantity and Latin word reads left to right by itself:
 * left whole, "أموكسابيل 500 mg 16 كبسولات" would be drawn with its numbers in the wrong order. Two quantities side by side
 * are drawn "16 500 mg" then, which must not be taken for one: a dot stands between them.
 */
export function own(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) return `<bdi>${escapeHtml(text)}</bdi>`;
  let html = '';
  let at = 0;
  let before = '';
  for (const { 0: stretch, index } of text.matchAll(LATIN)) {
    const between = text.slice(at, index);
    const areSideBySide = /\d/.test(before) && /^\d/.test(stretch) && between.trim() === '';
    html += (areSideBySide ? ' · ' : escapeHtml(between)) + ltr(stretch);
    at = index + stretch.length;
    before = stretch;
  }
  return `<bdi>${html}${escapeHtml(text.slice(at))}</bdi>`;
}

/** A sentence in a language, whatever the language of the page. */
export const said = (text: string, language: PageLanguage): string =>
  `<span lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">${escapeHtml(text)}</span>`;

interface HtmlPage {
  readonly language: PageLanguage;
  readonly title: string;
  readonly style: string;
  readonly body: string;
}

/** A whole printable document without scripts. `body` and `style` are ours, `title` is escaped. */
export const printablePage = ({ language, title, style, body }: HtmlPage): string => `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body>
${body}
</body>
</html>
`;
