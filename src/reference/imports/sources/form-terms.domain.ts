import type { BaseUnit, FormFamily } from '../dosage-form-words.domain.js';
import { plainTerm } from './french-terms.domain.js';
import { isInjected } from './route-terms.domain.js';

/** A dosage form as the catalogue keeps it. */
export interface CatalogueForm {
  /** The catalogue's word, or the source's own in lower case. */
  form: string;
  family: FormFamily;
  /** What a pack of this form is counted in. */
  baseUnit: BaseUnit;
}

/** What a rule looks at. */
interface Stated {
  /** The form as `plainTerm` gives it. */
  term: string;
  /** The routes, in the same way, one blank between. */
  routes: string;
  isOnly(route: RegExp): boolean;
  isInjected: boolean;
}

type Rule = readonly [
  test: (stated: Stated) => boolean,
  form: string,
  family: FormFamily,
  baseUnit?: BaseUnit,
];

const has =
  (pattern: RegExp) =>
  ({ term }: Stated): boolean =>
    pattern.test(term);
/** The form where this is the only route, or the form itself names it. */
const by =
  (route: RegExp, pattern: RegExp) =>
  ({ term, isOnly }: Stated): boolean =>
    pattern.test(term) && (isOnly(route) || route.test(term));

const TAB = /\bTABLETS?\b|\bTABS?\b|\bCAPLETS?\b|\bPILLS?\b/;
const CAP = /\bCAPSULES?\b|\bCAPS?\b/;
const MODIFIED =
  /\b(?:EXTENDED|SUSTAINED|CONTROLLED|PROLONGED|MODIFIED|COMBINED|SLOW)\b|\bCONTROLLED DELIVERY\b|\b(?:12|24) ?HR\b/;
const ENTERIC = /\bDELAYED\b|\bENTERIC\b/;
const DISPERSIBLE =
  /\bDISINTEGRATING\b|\bDISPERSIBLE\b|\bFOR (?:ORAL )?SUSPENSION\b|\bSOLUBLE\b|\bFOR SOLUTION\b/;
const VAGINAL = /\bVAGINAL\b/;
const RECTAL = /\bRECTAL\b|\bINTRA ANAL\b/;
const EYE = /\bOPHTHALMIC\b|\bCONJUNCTIVAL\b/;
const EAR = /\bOTIC\b|\bAURICULAR\b/;
const NOSE = /\bNASAL\b|\bINTRANASAL\b/;
const LUNG = /\bINHALATION\b|\bINHALANT\b|\bINTRAPULMONARY\b/;
const MOUTH = /\bBUCCAL\b|\bSUBLINGUAL\b|\bTRANSMUCOSAL\b/;
const SKIN = /\bTOPICAL\b|\bCUTANEOUS\b|\bDERMAL\b|\bPERCUTANEOUS\b/;
const SOFT = /\bOINTMENT\b|\bGEL\b|\bJELLY\b|\bCREAM\b/;
const FLUID = /\bSOLUTION\b|\bSUSPENSION\b|\bLIQUID\b|\bEMULSION\b|\bDROPS?\b|\bCONCENTRATE\b/;
const TOGETHER = (one: RegExp, other: RegExp) => (stated: Stated) => has(one)(stated) && has(other)(stated);

/** First match wins: what is narrower stands before what is wider. */
const RULES: readonly Rule[] = [
  [has(/\bKIT\b/), 'kit', 'other'],
  [TOGETHER(TAB, CAP), 'kit', 'other'],
  [TOGETHER(/\bCREAM\b/, /\bSUPPOSITORY\b|\bTABLET\b/), 'kit', 'other'],
  [TOGETHER(/\bINJECTABLE\b|^SOLUTION ORAL AND\b/, TAB), 'kit', 'other'],
  [has(/\bGAS\b/), 'medicinal gas', 'inhalation'],
  [has(/\bPREMIX\b/), 'premix', 'other'],
  [has(/\bIMPLANT\b/), 'implant', 'other'],
  [by(/\bIMPLANTATION\b/, /\bPELLET\b/), 'implant', 'other'],
  [has(/\bINTRAUTERINE DEVICE\b/), 'intrauterine device', 'other'],
  [by(VAGINAL, /\bRING\b/), 'vaginal ring', 'vaginal'],
  [by(VAGINAL, TAB), 'vaginal tablet', 'vaginal', 'tablet'],
  [by(VAGINAL, CAP), 'vaginal capsule', 'vaginal', 'capsule'],
  [by(VAGINAL, /\bSUPPOSITORY\b|\bOVULE\b|\bPESSARY\b|\bINSERT\b/), 'pessary', 'vaginal', 'suppository'],
  [has(/\bOVULE\b|\bPESSARY\b/), 'pessary', 'vaginal', 'suppository'],
  [by(VAGINAL, SOFT), 'vaginal cream', 'vaginal'],
  [by(VAGINAL, /\bDOUCHE\b|\bFOAM\b|\bSOLUTION\b|\bLIQUID\b/), 'vaginal wash', 'vaginal'],
  [by(/\bURETHRAL\b/, /\bSUPPOSITORY\b/), 'urethral suppository', 'other', 'suppository'],
  [has(/\bSUPPOSITOR(?:Y|IES)\b/), 'suppository', 'rectal', 'suppository'],
  [has(/\bENEMA\b/), 'enema', 'rectal'],
  [by(RECTAL, SOFT), 'rectal ointment', 'rectal'],
  [by(RECTAL, /\bFOAM\b|\bAEROSOL\b/), 'rectal foam', 'rectal'],
  [({ term, routes }) => EYE.test(`${term} ${routes}`) && SOFT.test(term), 'eye ointment', 'eye'],
  [({ term, routes }) => EYE.test(`${term} ${routes}`) && FLUID.test(term), 'eye drops', 'eye'],
  [by(EAR, SOFT), 'ear ointment', 'ear'],
  [by(EAR, FLUID), 'ear drops', 'ear'],
  [by(NOSE, /\bSPRAY\b|\bAEROSOL\b|\bMETERED\b/), 'nasal spray', 'nasal'],
  [by(NOSE, SOFT), 'nasal ointment', 'nasal'],
  [by(NOSE, FLUID), 'nasal drops', 'nasal'],
  [by(LUNG, CAP), 'inhalation capsule', 'inhalation', 'capsule'],
  [by(LUNG, /\bSOLUTION\b|\bSUSPENSION\b/), 'nebuliser solution', 'inhalation'],
  [by(LUNG, /\bLIQUID\b/), 'inhalation liquid', 'inhalation'],
  [by(LUNG, /\bAEROSOL\b|\bPOWDER\b|\bSPRAY\b|\bDISC\b|\bMETERED\b|\bINHAL/), 'inhaler', 'inhalation'],
  [has(/\bMETERED DOSE (?:AEROSOL|INHALER)\b|\bAEROSOL METERED DOSE\b|\bINHALER\b/), 'inhaler', 'inhalation'],
  [has(/\bPATCH\b/), 'patch', 'transdermal', 'patch'],
  [by(/\bTRANSDERMAL\b/, /\bFILM\b|\bSYSTEM\b|\bDISC\b/), 'patch', 'transdermal', 'patch'],
  [has(/\bLOZENGE\b|\bTROCHE\b|\bPASTILLE\b/), 'lozenge', 'mouth', 'lozenge'],
  [has(/\bGUM\b/), 'chewing gum', 'mouth', 'piece'],
  [has(/\bMOUTH ?WASH\b|\bGARGLE\b|\bRINSE\b/), 'mouthwash', 'mouth'],
  [has(/\bDENTIFRICE\b|\bTOOTHPASTE\b/), 'toothpaste', 'mouth'],
  [TOGETHER(/\bEFFERVESCENT\b/, TAB), 'effervescent tablet', 'effervescent', 'tablet'],
  [TOGETHER(/\bEFFERVESCENT\b/, /\bGRANULE|\bPOWDER\b/), 'effervescent granules', 'effervescent'],
  [by(MOUTH, TAB), 'sublingual tablet', 'sublingual', 'tablet'],
  [TOGETHER(MODIFIED, TAB), 'modified-release tablet', 'solid-oral-modified', 'tablet'],
  [TOGETHER(ENTERIC, TAB), 'enteric-coated tablet', 'solid-oral-enteric', 'tablet'],
  [
    ({ term, routes }) => TAB.test(term) && DISPERSIBLE.test(`${term} ${routes}`),
    'orodispersible tablet',
    'solid-oral-dispersible',
    'tablet',
  ],
  [TOGETHER(/\bCHEWABLE\b/, TAB), 'chewable tablet', 'solid-oral', 'tablet'],
  [TOGETHER(/\bFILM COATED\b|\bCOATED\b(?! PARTICLES)/, TAB), 'film-coated tablet', 'solid-oral', 'tablet'],
  [has(TAB), 'tablet', 'solid-oral', 'tablet'],
  [has(/\bBOLUS\b/), 'bolus', 'solid-oral', 'piece'],
  [TOGETHER(MODIFIED, CAP), 'modified-release capsule', 'solid-oral-modified', 'capsule'],
  [TOGETHER(ENTERIC, CAP), 'enteric-coated capsule', 'solid-oral-enteric', 'capsule'],
  [has(CAP), 'capsule', 'solid-oral', 'capsule'],
  [has(/\bCHEWABLE\b|\bWAFER\b/), 'chewable piece', 'solid-oral', 'piece'],
  [
    ({ term, isOnly }) => /\bFILM\b|\bSTRIP\b/.test(term) && (isOnly(MOUTH) || isOnly(/\bORAL\b/)),
    'orodispersible film',
    'solid-oral-dispersible',
    'film',
  ],
  [has(/\bPREFILLED SYRINGE\b|\bSYRINGE\b/), 'prefilled syringe', 'injection-device', 'syringe'],
  [has(/\bAUTO ?INJECTOR\b|\bPEN INJECTOR\b|\bPEN\b/), 'prefilled pen', 'injection-device', 'pen'],
  [has(/\bCARTRIDGE\b/), 'cartridge', 'injection-device', 'cartridge'],
  [
    ({ isOnly }) => isOnly(/\bDIALYSIS\b|\bHEMODIALYSIS\b|\bINTRAPERITONEAL\b/),
    'dialysis solution',
    'infusion',
  ],
  [({ isOnly }) => isOnly(/\bIRRIGATION\b/), 'irrigation solution', 'other'],
  [has(/\bINJECT|\bVIALS?\b|\bAMPU?O?ULES?\b/), 'injection', 'injection'],
  [
    ({ isInjected: injected, term }) =>
      injected &&
      /\bSOLUTION\b|\bPOWDER\b|\bSUSPENSION\b|\bEMULSION\b|\bLIQUID\b|\bCONCENTRATE\b|\bOIL\b/.test(term),
    'injection',
    'injection',
  ],
  [has(/\bELIXIR\b|\bSYRUP\b/), 'syrup', 'liquid-oral'],
  [has(/\bSHAMPOO\b/), 'shampoo', 'wash'],
  [has(/\bSOAP\b/), 'soap', 'wash'],
  [has(/\bOINTMENT\b/), 'ointment', 'semi-solid'],
  [has(/\bCREAM\b/), 'cream', 'semi-solid'],
  [has(/\bGEL\b|\bJELLY\b/), 'gel', 'semi-solid'],
  [has(/\bLOTION\b/), 'lotion', 'liquid-topical'],
  [
    ({ term, isOnly }) => /\bSPRAY\b/.test(term) && (isOnly(MOUTH) || isOnly(/\bORAL\b/)),
    'mouth spray',
    'mouth',
  ],
  [has(/\bFOAM\b/), 'foam', 'liquid-topical'],
  [has(/\bSPRAY\b|\bAEROSOL\b/), 'spray', 'liquid-topical'],
  [has(/\bPASTE\b/), 'paste', 'semi-solid'],
  [has(/\bWIPE\b|\bSWAB\b|\bSPONGE\b|\bPAD\b|\bCLOTH\b|\bPLEDGET\b/), 'wipes', 'other'],
  [has(/\bPLASTER\b|\bDRESSING\b|\bTAPE\b/), 'plaster', 'other'],
  [has(/\bLIPSTICK\b|\bSTICK\b/), 'stick', 'semi-solid'],
  [
    ({ term, routes }) => /\bDROPS?\b/.test(term) && /\bORAL\b/.test(`${term} ${routes}`),
    'drops',
    'liquid-oral',
  ],
  [
    ({ term, isOnly }) => /\bSUSPENSION\b/.test(term) && MODIFIED.test(term) && isOnly(/\bORAL\b/),
    'modified-release suspension',
    'solid-oral-modified',
  ],
  [
    ({ term, routes }) => /\bSUSPENSION\b/.test(term) && !SKIN.test(`${term} ${routes}`),
    'suspension',
    'liquid-oral',
  ],
  [has(/\bSUSPENSION\b/), 'topical suspension', 'liquid-topical'],
  [
    ({ term, isOnly }) =>
      /\bSOLUTION\b|\bLIQUID\b|\bCONCENTRATE\b/.test(term) && (isOnly(/\bORAL\b/) || /\bORAL\b/.test(term)),
    'oral solution',
    'liquid-oral',
  ],
  [by(SKIN, /\bSOLUTION\b|\bLIQUID\b|\bDROPS?\b/), 'topical solution', 'liquid-topical'],
  [has(/\bTINCTURE\b/), 'tincture', 'other'],
  [has(/\bEMULSION\b/), 'emulsion', 'liquid-topical'],
  [has(/\bGRANULES?\b|\bPELLETS?\b/), 'granules', 'oral-powder'],
  [
    ({ term, isOnly }) => /\bPOWDER\b/.test(term) && (isOnly(/\bORAL\b/) || /\bORAL\b/.test(term)),
    'oral powder',
    'oral-powder',
  ],
  [has(/\bPOWDER\b/), 'powder', 'powder'],
  [has(/\bOIL\b/), 'oil', 'liquid-topical'],
  [has(/\bDROPS?\b/), 'drops', 'liquid-oral'],
  [has(/\bSOLUTION\b|\bLIQUID\b/), 'solution', 'other'],
];

/** Terms that name no form. */
const NOTHING = /^$|^N ?A$|^UNKNOWN$|^(?:0 )?UNASSIGNED$|^MISCELLANEOUS$|^NOT APPLICABLE$/;

/**
 * The form for what an agency states, English or French, with its routes ("SOLUTION/DROPS" by "OPHTHALMIC" is eye drops).
 * A term no rule knows is taken over in lower case with the family `other`. Undefined where the source names no form.
 */
export function catalogueForm(written: string, routes: readonly string[]): CatalogueForm | undefined {
  const term = plainTerm(written).replaceAll('/', ' ');
  if (NOTHING.test(term)) return undefined;
  const plain = routes.map(plainTerm).filter((route) => route !== '');
  const stated: Stated = {
    term,
    routes: plain.join(' '),
    isOnly: (route) => plain.length > 0 && plain.every((one) => route.test(one)),
    isInjected:
      routes.some(isInjected) && !plain.some((route) => /\b(?:ORAL|RECTAL|INHALATION|NASAL)\b/.test(route)),
  };
  const rule = RULES.find(([test]) => test(stated));
  if (rule !== undefined) {
    const [, form, family, baseUnit = 'piece'] = rule;
    return { form, family, baseUnit };
  }
  const form = written.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 100);
  return { form, family: 'other', baseUnit: 'piece' };
}
