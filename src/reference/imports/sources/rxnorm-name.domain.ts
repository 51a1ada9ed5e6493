import type { SourcePart } from '../source.types.js';
import { denominator, plainAmount, unitName } from './amounts.domain.js';
import { catalogueForm, type CatalogueForm } from './form-terms.domain.js';
import { catalogueRoute } from './route-terms.domain.js';

/** What the name of a drug or pack in RxNorm says ("24 HR diltiazem 300 MG Extended Release Oral Capsule [Tiazac]"). */
export interface RxNormName {
  brand?: string;
  /** Each ingredient with its amount once; placebos of a pack left out. */
  parts: SourcePart[];
  /** Components as RxNorm writes them, "diltiazem 300 MG": the names of its SCDC concepts. */
  components: string[];
  form?: CatalogueForm;
  route?: string;
  /** Pieces in a pack that has counted pieces of one sort of form. */
  unitsPerPack?: string;
}

/** Longest name taken apart; RxNorm's longest has 2,404 characters. */
const LONGEST = 4000;

/** "olmesartan medoxomil 40 MG Oral Tablet": ingredient, amount, unit, and the form behind the last one. */
const COMPONENT =
  /^(.+) (\d[\d.,]*) (%|\[?[A-Z][A-Za-z0-9'\]-]*(?:\/(?:[A-Z][A-Z0-9]*|\[[A-Z]+\]))?)(?: (.+))?$/;
/**
 * What stands in front of the first ingredient: size or duration ("24 HR ", "10 ML "), and what tells products of the same
 * ingredient and form apart ("Abuse-Deterrent ", "30/70 Release ", "3-Month ").
 */
const FACTOR =
  /^(?:(?:[\d.]+ (?:HR|DAY|ML|ACTUAT|MG|MEQ|UNT|VAR|GM?)|(?:[\d.]+ (?:MG|UNT),? )*(?:[\d.]+ (?:MG|UNT) )?Doses?|\d+\/\d+ Release|\d+-(?:Month|Bead)|NDA\d+|Abuse-Deterrent|Once-Daily|Twice-Daily|Sensor|Sprinkle|Micronized|Microencapsulated|Osmotic|Augmented|Emollient|Modified|Preservative-Free|Breath-Actuated|BX Rating|Pediatric|Sugar-Free|Matrix Delivery|Biphasic|Soft Gelatin|Home Admin|Shortage Import Unapproved|Evening Dosing|PMDD|Hyponatremia|Atrial Fibrillation|Pulmonary Hypertension|Smoking Cessation)\s+)+/;
const BRAND = / \[([^[\]]+)\]\s*$/;
/** One kind of piece in a pack: "21 (ethinyl estradiol 0.035 MG / norethindrone 1 MG Oral Tablet)". */
const PLACEBO = /^inert ingredients\b/i;

/** Words of a dose form that name its route. */
const ROUTE_WORDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bSublingual\b/i, 'SUBLINGUAL'],
  [/\bBuccal\b/i, 'BUCCAL'],
  [/\bOphthalmic\b/i, 'OPHTHALMIC'],
  [/\bOtic\b/i, 'OTIC'],
  [/\bNasal\b/i, 'NASAL'],
  [/\bInhal|\bInhaler\b/i, 'INHALATION'],
  [/\bTransdermal\b/i, 'TRANSDERMAL'],
  [/\bTopical\b|\bShampoo\b|\bMedicated\b/i, 'TOPICAL'],
  [/\bVaginal\b/i, 'VAGINAL'],
  [/\bRectal\b|\bEnema\b/i, 'RECTAL'],
  [/\bUrethral\b/i, 'URETHRAL'],
  [/\bIntraperitoneal\b/i, 'INTRAPERITONEAL'],
  [/\bIntrathecal\b/i, 'INTRATHECAL'],
  [/\bIrrigation\b/i, 'IRRIGATION'],
  [/\bInject|\bSyringe\b|\bAuto-Injector\b|\bCartridge\b|\bPen\b/i, 'INJECTION'],
  [
    /\bMucous Membrane\b|\bMouthwash\b|\bToothpaste\b|\bOral (?:Gel|Paste|Spray|Ointment|Cream|Foam|Rinse)\b/i,
    'BUCCAL',
  ],
  [/\bOral\b|\bChewable\b|\bTablet\b|\bCapsule\b|\bLozenge\b/i, 'ORAL'],
];

interface Piece {
  components: string[];
  parts: SourcePart[];
  formText: string;
}

function readPart(text: string, amountText: string, unitText: string): SourcePart {
  const [written = '', per = ''] = unitText.split('/');
  const amount = plainAmount(amountText);
  const unit = unitName(written);
  if (amount === undefined || unit === undefined) return { text };
  return { text, amount, unit, ...(per === '' ? {} : denominator('1', per)) };
}

function readPiece(text: string): Piece {
  const components: string[] = [];
  const parts: SourcePart[] = [];
  let formText = '';
  for (const written of text.replace(FACTOR, '').split(' / ')) {
    const match = COMPONENT.exec(written.trim());
    if (match === null) {
      parts.push({ text: written.trim() });
      continue;
    }
    const [, name = '', amount = '', unit = '', rest = ''] = match;
    components.push(`${name} ${amount} ${unit}`);
    parts.push(readPart(name, amount, unit));
    if (rest !== '') formText = rest;
  }
  return { components, parts, formText };
}

/** The pieces of "{21 (…) / 7 (…) } Pack" with their counts; undefined where the name is not of a pack. */
function readPieces(name: string): Array<{ count: string; text: string }> | undefined {
  if (!name.startsWith('{')) return undefined;
  const pieces: Array<{ count: string; text: string }> = [];
  const body = name.slice(1, name.lastIndexOf('}'));
  let depth = 0;
  let from = -1;
  let before = 0;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '(' && depth++ === 0) from = at + 1;
    else if (body[at] === ')' && --depth === 0) {
      const count = /(\d+)\s*$/.exec(body.slice(before, from - 1))?.[1];
      before = at + 1;
      // "1 (9000 MG) (miconazole …)": the size of the piece stands in brackets of its own.
      if (/^\s*\(/.test(body.slice(at + 1)) && !/[a-z]{3}/.test(body.slice(from, at))) {
        before = at + 1;
        pieces.push({ count: count ?? '', text: '' });
        continue;
      }
      const last = pieces.at(-1);
      if (count === undefined && last?.text === '') last.text = body.slice(from, at);
      else pieces.push({ count: count ?? '', text: body.slice(from, at) });
    }
    if (depth < 0) return undefined;
  }
  return pieces.filter(({ text }) => text !== '');
}

function routeOf(formText: string): string | undefined {
  return ROUTE_WORDS.find(([pattern]) => pattern.test(formText))?.[1];
}

/** RxNorm's word order → the agencies': "Extended Release Oral Tablet" is a TABLET, EXTENDED RELEASE by the route ORAL. */
function formOf(formText: string): Pick<RxNormName, 'form' | 'route'> {
  if (formText === '') return {};
  const stated = routeOf(formText);
  const routes = stated === undefined ? [] : [stated];
  const term = formText
    .replace(/\bInjectable (?:Solution|Suspension|Foam)\b/i, 'Injection')
    .replace(/^Inhalant (?:Solution|Powder)$/i, (text) => `${text} Inhalation`)
    .replace(/\bDelayed Release\b/i, 'DELAYED')
    .replace(/\bDisintegrating\b/i, 'ORALLY DISINTEGRATING')
    .replace(/\bOral (?=Tablet|Capsule)/i, '');
  const form = catalogueForm(term, routes);
  const route = catalogueRoute(routes);
  return { ...(form === undefined ? {} : { form }), ...(route === undefined ? {} : { route }) };
}

function distinct(parts: readonly SourcePart[]): SourcePart[] {
  const seen = new Map<string, SourcePart>();
  for (const part of parts) {
    const key = [part.text, part.amount, part.unit, part.perAmount, part.perUnit].join('\n');
    if (!PLACEBO.test(part.text) && !seen.has(key)) seen.set(key, part);
  }
  return [...seen.values()];
}

/** Reads the name of an SCD, SBD, GPCK or BPCK concept. What does not fit the pattern is one part without an amount. */
export function readRxNormName(written: string): RxNormName {
  const brand = BRAND.exec(written)?.[1]?.trim();
  const name = written.replace(BRAND, '').trim();
  if (name.length > LONGEST) return { parts: [], components: [], ...(brand === undefined ? {} : { brand }) };
  const pieces = readPieces(name);
  const read = (pieces ?? [{ count: '1', text: name }]).map(({ count, text }) => ({
    count,
    ...readPiece(text),
  }));
  const forms = new Map(read.map(({ formText }) => [formText, formOf(formText)]));
  const families = new Set([...forms.values()].map(({ form }) => form?.form));
  const routes = new Set([...forms.values()].map(({ route }) => route));
  const only = [...forms.values()][0];
  const isMixed = families.size > 1;
  const form: CatalogueForm | undefined = isMixed
    ? { form: 'kit', family: 'other', baseUnit: 'piece' }
    : only?.form;
  const total = read.reduce((sum, { count }) => sum + Number.parseInt(count === '' ? '0' : count, 10), 0);
  const isCounted = pieces !== undefined && !isMixed && form !== undefined && total > 0 && total < 100_000;
  return {
    ...(brand === undefined ? {} : { brand }),
    parts: distinct(read.flatMap(({ parts }) => parts)),
    components: [...new Set(read.flatMap(({ components }) => components))],
    ...(form === undefined ? {} : { form }),
    ...(routes.size === 1 && only?.route !== undefined ? { route: only.route } : {}),
    ...(isCounted ? { unitsPerPack: String(total) } : {}),
  };
}
