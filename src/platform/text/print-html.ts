/** Language of a printed page. */
export type LabelLanguage = 'ar' | 'en';

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

/** Text whose direction is its own: a name. */
export const own = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;

/** Text that reads left to right on any label: numbers with units, codes, dates. */
export const ltr = (text: string): string => `<bdi dir="ltr">${escapeHtml(text)}</bdi>`;

/** A sentence in a language, whatever the language of the page. */
export const said = (text: string, language: LabelLanguage): string =>
  `<span lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">${escapeHtml(text)}</span>`;

interface HtmlPage {
  readonly language: LabelLanguage;
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
