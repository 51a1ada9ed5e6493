import { ROUTES } from '../route-class.domain.js';
import { plainTerm } from './french-terms.domain.js';

/** What agencies call a route → what the catalogue calls it. `''`: says nothing. First match wins. */
const TERMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^$|^(?:0 )?UNASSIGNED$|^N\/A$|^UNKNOWN$|^MISCELLANEOUS$|^NOT APPLICABLE$|^FOR RX COMPOUNDING$/, ''],
  [/^SINGLE (?:USE|DOSE)$|^MULTI ?DOSE$|^LYOPHILIZED|^SUSPENSION$|^OTHER$/, ''],
  [/^DISINFECTANT\b|^UDDER WASH$|^TEAT DIP$/, 'disinfectant'],
  [/^ORAL(?: \d+)?$|^ORALLY DISINTEGRATING$|^ENTERAL$|^NASOGASTRIC$|^ORAL SUSPENSION$/, 'oral'],
  [/^SUBLINGUAL$/, 'sublingual'],
  [/^BUCCAL$|^TRANSMUCOSAL$|^OROPHARYNGEAL$|^GINGIVAL$|^SUBGINGIVAL$|^PERIODONTAL$/, 'oromucosal'],
  [/^DENTAL$/, 'dental'],
  [/^OPHTHALMIC$|^CONJUNCTIVAL$/, 'ophthalmic'],
  [/^OTIC$|^AURICULAR(?: OTIC)?$/, 'otic'],
  [/^NASAL$|^INTRANASAL$/, 'nasal'],
  [/^(?:RESPIRATORY )?INHALATION$|^ORAL INHALATION$|^INTRAPULMONARY$/, 'inhalation'],
  [/^TOPICAL\b|^CUTANEOUS$|^DERMAL$|^EXTERNAL$/, 'topical'],
  [/^TRANSDERMAL$/, 'transdermal'],
  [/^VAGINAL$|^INTRAVAGINAL$/, 'vaginal'],
  [/^RECTAL$|^INTRA ANAL$/, 'rectal'],
  [/^INTRAVENOUS(?: INFUSION| DRIP| BOLUS)?$|^IV(?: INFUSION)?$/, 'intravenous'],
  [/^INTRAMUSCULAR$|^IM$/, 'intramuscular'],
  [/^SUBCUTANEOUS(?: LYOPHILIZED.*)?$|^SC$|^SQ$/, 'subcutaneous'],
  [/^INJECTION$|^PARENTERAL\b|^IM IV$|^INTRAVASCULAR$|^INJECTABLE$|^IV IM$/, 'injection'],
  [/^INTRADERMAL$|^INTRACUTANEOUS$/, 'intradermal'],
  [/^INTRATHECAL$|^SPINAL$|^INTRASPINAL$|^SUBARACHNOIDAL?$/, 'intrathecal'],
  [/^EPIDURAL$|^PERIDURAL$|^INTRACAUDAL$/, 'epidural'],
  [/^INTRA ?ARTICULAR$|^INTRASYNOVIAL$|^PERIARTICULAR$/, 'intra-articular'],
  [/^INTRAVITREAL$/, 'intravitreal'],
  [/^INTRAPERITONEAL$/, 'intraperitoneal'],
  [/^INTRAVESICAL$/, 'intravesical'],
  [/^URETHRAL$|^INTRAURETHRAL$/, 'urethral'],
  [/^INTRAUTERINE$/, 'intrauterine'],
  [/^(?:HEMO)?DIALYSIS$|^EXTRACORPOREAL$/, 'dialysis'],
  [/^IRRIGATION$/, 'irrigation'],
];

/** Ways of injecting: several of them together are `injection`. */
const INJECTED: ReadonlySet<string> = new Set([
  'injection',
  'intravenous',
  'intramuscular',
  'subcutaneous',
  'intradermal',
  'intrathecal',
  'epidural',
  'intra-articular',
  'intravitreal',
  'intraperitoneal',
]);
/** Routes by a needle that the catalogue has no word for: "intralesional", "block/infiltration". */
const OTHER_INJECTED =
  /^(?:INTRA ?(?:LESIONAL|ARTERIAL|CARDIAC|BURSAL|CAVERNOS|PLEURAL|OCULAR|OSSEOUS|TYMPANIC|CAMERAL|VENTRICULAR|CEREBROVENTRICULAR)|BLOCK|INFILTRATION|NERVE BLOCK|PERINEURAL|RETROBULBAR|SOFT TISSUE|SUBMUCOSAL|INTERSTITIAL|SUBCONJUNCTIVAL|PARENTERAL)/;

/** Longest name of a route in the catalogue. */
const LONGEST = 100;

function oneRoute(written: string): string {
  const term = plainTerm(written);
  const known = TERMS.find(([pattern]) => pattern.test(term));
  if (known !== undefined) return known[1];
  return written.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, LONGEST);
}

/** True where a stated route is given by a needle. */
export function isInjected(written: string): boolean {
  return INJECTED.has(oneRoute(written)) || OTHER_INJECTED.test(plainTerm(written));
}

/**
 * The route of a product for which a source states one or several. Several ways of injecting are `injection`; other
 * mixtures keep all their routes ("ophthalmic, otic"), since an ear drop may not stand for an eye drop. Undefined where
 * nothing is said.
 */
export function catalogueRoute(stated: readonly string[]): string | undefined {
  const routes = [...new Set(stated.map(oneRoute))].filter((route) => route !== '');
  if (routes.length <= 1) return routes[0];
  if (stated.every((route) => oneRoute(route) === '' || isInjected(route))) return 'injection';
  const order = (route: string): number => {
    const at = ROUTES.findIndex((name) => name === route);
    return at < 0 ? ROUTES.length : at;
  };
  routes.sort((a, b) => order(a) - order(b) || a.localeCompare(b, 'en'));
  let joined = '';
  for (const route of routes) {
    const longer = joined === '' ? route : `${joined}, ${route}`;
    if (longer.length > LONGEST) break;
    joined = longer;
  }
  return joined;
}
