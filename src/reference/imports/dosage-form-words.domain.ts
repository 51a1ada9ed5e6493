/**
 * The dosage forms a product name can state, with the words that state them. Order matters: the first rule
 * whose pattern is found wins, so the narrow forms stand before the wide ones.
 */

/** Smallest unit a pack of this form is counted in; `piece` where a pack is sold whole. */
export type BaseUnit =
  | 'tablet'
  | 'capsule'
  | 'sachet'
  | 'ampoule'
  | 'vial'
  | 'suppository'
  | 'lozenge'
  | 'patch'
  | 'film'
  | 'syringe'
  | 'pen'
  | 'cartridge'
  | 'piece';

/**
 * Forms of one family may stand for one another as equivalents when ingredients, amounts and route are the
 * same. Modified release and enteric coating are families of their own: they are not exchangeable.
 */
export type FormFamily =
  | 'solid-oral'
  | 'solid-oral-modified'
  | 'solid-oral-enteric'
  | 'solid-oral-dispersible'
  | 'sublingual'
  | 'effervescent'
  | 'oral-powder'
  | 'liquid-oral'
  | 'injection'
  | 'injection-device'
  | 'infusion'
  | 'eye'
  | 'ear'
  | 'nasal'
  | 'inhalation'
  | 'mouth'
  | 'semi-solid'
  | 'liquid-topical'
  | 'wash'
  | 'rectal'
  | 'vaginal'
  | 'transdermal'
  | 'powder'
  | 'other';

/** A dosage form as product names state it. */
export interface FormRule {
  /** Name of the form, the key of reference.dosage_forms. */
  form: string;
  family: FormFamily;
  /** Words (upper case) that state the form; a name states it when it matches every one. */
  patterns: readonly RegExp[];
  baseUnit: BaseUnit;
  /** True where grams in the name are a strength (a vial), false where they are the size of the pack (a tube). */
  gramsAreStrength?: boolean;
}

const TAB = String.raw`(?:(?:REPE|LAC)?TAB(?:LET)?S?|CAPLETS?|PILLS?|(?<=F\.?C\.? ?)T)(?![A-Z])`;
const CAP = String.raw`(?<![A-Z])(?:(?:LENTO|GEL ?|LIQUI ?)?CAP(?:SULE)?S?|SOFT ?GELS?)(?![A-Z])`;
const MODIFIED = String.raw`\b(?:S\.?R|X\.?R|X\.?L|M\.?R|E\.?R|C\.?R|P\.?R|RETARD|(?:SUSTAINED|EXTENDED|PROLONGED|MODIFIED|CONTROLLED|SLOW|DELAYED)[ -]?REL(?:EASE)?|(?:EXT|PROL|SUST|MOD|CONT)\.?\s?REL)(?![A-Z])`;
const ENTERIC = String.raw`\b(?:E\.?C|ENTERIC[ -]COATED|GASTRO[ -]?RESISTANT|DELAYED[ -]REL(?:EASE)?)(?![A-Z])`;
const VAGINAL = String.raw`\b(?:VAG|VAGINAL|GYN[AEO]+)\b`;
const NASAL = String.raw`\b(?:NASAL|NOSE)\b`;
const EYE = String.raw`\b(?:EYE|OPHTH(?:ALMIC)?|OPH)\b`;
const EAR = String.raw`\b(?:EAR|OTIC)\b`;

/** Both words, in either order. */
function both(one: string, other: string): readonly RegExp[] {
  return [new RegExp(one), new RegExp(other)];
}

/** A word by itself; a digit may stand against it ("10SACHETS"). */
function word(text: string): readonly RegExp[] {
  return [new RegExp(`(?<![A-Z])(?:${text})(?![A-Z])`)];
}

function rule(
  form: string,
  family: FormFamily,
  patterns: RegExp | readonly RegExp[],
  baseUnit: BaseUnit = 'piece',
  grams = false,
): FormRule {
  return {
    form,
    family,
    patterns: patterns instanceof RegExp ? [patterns] : patterns,
    baseUnit,
    ...(grams ? { gramsAreStrength: true } : {}),
  };
}

/** All form rules, first match wins. */
export const FORM_RULES: readonly FormRule[] = [
  rule('vaginal tablet', 'vaginal', both(VAGINAL, TAB), 'tablet'),
  rule('vaginal capsule', 'vaginal', both(VAGINAL, CAP), 'capsule'),
  rule(
    'pessary',
    'vaginal',
    both(
      `${VAGINAL}|PESSAR(?:Y|IES)|OVULES?`,
      String.raw`\bSUPP(?:OSITOR(?:Y|IES)|S)?\b|PESSAR(?:Y|IES)|OVULES?`,
    ),
    'suppository',
  ),
  rule('vaginal cream', 'vaginal', both(VAGINAL, String.raw`\b(?:CREAM|OINT(?:MENT)?|GEL)\b`)),
  rule(
    'vaginal wash',
    'vaginal',
    both(
      `${VAGINAL}|FEMININE|INTIMATE`,
      String.raw`\b(?:DOUCHE?|DOUSHE?|DOUSH|WASH|LOTION|SOL(?:UTION|N)?|FOAM|SPRAY)\b`,
    ),
  ),
  rule('suppository', 'rectal', word('SUPP(?:OSITOR(?:Y|IES)|S)?'), 'suppository'),
  rule('enema', 'rectal', word('ENEMAS?')),
  rule(
    'rectal ointment',
    'rectal',
    both(String.raw`\bRECTAL\b`, String.raw`\b(?:OINT(?:MENT)?|CREAM|GEL)\b`),
  ),
  rule('eye ointment', 'eye', both(EYE, String.raw`\b(?:OINT(?:MENT)?|GEL)\b`)),
  rule('eye drops', 'eye', both(EYE, String.raw`\b(?:DROPS?|DPS|SOL(?:UTION|N)?|SUSP(?:ENSION)?)\b`)),
  rule('ear drops', 'ear', both(EAR, String.raw`\b(?:DROPS?|DPS|SOL(?:UTION|N)?|SPRAY)\b`)),
  rule('nasal spray', 'nasal', both(NASAL, String.raw`\b(?:SPRAY|SPARY|AEROSOL)\b`)),
  rule('nasal drops', 'nasal', both(NASAL, String.raw`\b(?:DROPS?|DPS|SOL(?:UTION|N)?|GEL|OINT)\b`)),
  rule(
    'inhalation capsule',
    'inhalation',
    both(String.raw`\b(?:INH|INHAL(?:ATION|ER)?|ROTACAPS?|BREEZHALER)\b`, CAP),
    'capsule',
  ),
  rule(
    'nebuliser solution',
    'inhalation',
    both(
      String.raw`\b(?:NEB(?:ULI[SZ](?:ER|ING)|ULES?)?|INHALATION|INH)\b`,
      String.raw`\b(?:SOL(?:UTION|N)?|SUSP|AMPS?|VIALS?|NEBULES?)\b`,
    ),
  ),
  rule(
    'inhaler',
    'inhalation',
    word('INHALERS?|INHALATION|INH|EVOHALER|TURB[UO]HALER|DISKUS|ACCUHALER|METERED DOSE|M\\.D\\.I'),
  ),
  rule('plaster', 'other', /\d\s*[X*]\s*\d+\s*CM\b/),
  rule('mouthwash', 'mouth', word('MOUTH ?WASH|GARGLE')),
  rule('mouth spray', 'mouth', /\b(?:MOUTH|THROAT|ORAL|SUBLINGUAL)\b.*\bSPA?RA?Y\b/),
  rule('toothpaste', 'mouth', word('TOOTH ?PASTE')),
  rule('oral gel', 'mouth', /\b(?:ORAL|DENTAL|TEETHING|GUM|MOUTH)\b.*\b(?:GEL|PASTE|CREAM)\b/),
  rule('patch', 'transdermal', word('TRANS?DERMAL|PATCH(?:ES)?'), 'patch'),
  rule('effervescent tablet', 'effervescent', both(String.raw`\bEFF(?:ERV(?:ESCENT)?)?\b`, TAB), 'tablet'),
  rule('effervescent granules', 'effervescent', word('EFF(?:ERV(?:ESCENT)?)?'), 'sachet', true),
  rule('sublingual tablet', 'sublingual', both(String.raw`\b(?:SUBLINGUAL|S\.L|BUCCAL)\b`, TAB), 'tablet'),
  rule('orodispersible film', 'solid-oral-dispersible', /(?<![A-Z])(?:FILMS?|ODF)(?![A-Z]|.?COAT)/, 'film'),
  rule(
    'orodispersible tablet',
    'solid-oral-dispersible',
    both(
      String.raw`\b(?:OR(?:O|AL)[ -]?DIS(?:P(?:ERSIBLE)?|INTEGRATING)?|O\.?D\.?T|DISPERSIBLE|DISP|SOLUBLE|FAST DISSOLVING)\b`,
      TAB,
    ),
    'tablet',
  ),
  rule('chewable tablet', 'solid-oral', both(String.raw`\bCHEW(?:ABLE|S)?\b`, TAB), 'tablet'),
  rule(
    'chewable piece',
    'solid-oral',
    word('PIECES?|GUMM(?:Y|IES)|CHEWS?|CHEWABLE|PCS|CANDIES|BALLS'),
    'piece',
  ),
  rule('modified-release tablet', 'solid-oral-modified', both(MODIFIED, TAB), 'tablet'),
  rule('modified-release capsule', 'solid-oral-modified', both(MODIFIED, CAP), 'capsule'),
  rule('enteric-coated tablet', 'solid-oral-enteric', both(ENTERIC, TAB), 'tablet'),
  rule('enteric-coated capsule', 'solid-oral-enteric', both(ENTERIC, CAP), 'capsule'),
  rule(
    'film-coated tablet',
    'solid-oral',
    both(String.raw`\bF\.? ?C(?![A-Z])|\bFILM[ -]COATED\b`, TAB),
    'tablet',
  ),
  rule('film-coated tablet', 'solid-oral', /(?<![A-Z])F\.?C\.? ?T(?:S|ABS?)?\b/, 'tablet'),
  rule('tablet', 'solid-oral', new RegExp(String.raw`(?<![A-Z])${TAB}`), 'tablet'),
  rule('capsule', 'solid-oral', new RegExp(String.raw`(?<![A-Z])${CAP}`), 'capsule'),
  rule('lozenge', 'mouth', word('LOZENGES?|PASTILLES?'), 'lozenge'),
  rule('sachet', 'oral-powder', word('SACHETS?|SACH|SACHES|STICKS|ENVELOPES?'), 'sachet', true),
  rule(
    'prefilled pen',
    'injection-device',
    word('PENS?|PENFILLS?|FLEXPENS?|KWIKPENS?|SOLOSTAR|AUTO ?INJECTORS?'),
    'pen',
    true,
  ),
  rule('cartridge', 'injection-device', word('CARTRIDGES?'), 'cartridge', true),
  rule('prefilled syringe', 'injection-device', word('SYRINGES?|SYR'), 'syringe', true),
  rule('injection', 'injection', word('AMP(?:OULE|ULE)?S?'), 'ampoule', true),
  rule('injection', 'injection', word('VIALS?'), 'vial', true),
  rule(
    'solution for infusion',
    'infusion',
    word('INF|INFUSION|I\\.V\\.?INF(?:USION)?|RINGER|HA?EMODIALYSIS|DIALYSIS'),
  ),
  rule('injection', 'injection', word('INJ(?:ECTION)?|I\\.M|I\\.V|S\\.C|VACCINE')),
  rule('drops', 'liquid-oral', /\b(?:ORAL|INFANT|PAED(?:IATRIC)?|BABY)\b.*\b(?:DROPS?|DPS)\b|\bDROPS\b/),
  rule('syrup', 'liquid-oral', word('SYRUPS?|SYP|SYURP|SYPUP|ELIXIR|LINCTUS')),
  rule('suspension', 'liquid-oral', word('SUSP(?:ENSION)?')),
  rule('shampoo', 'wash', word('SHAMPOO')),
  rule('conditioner', 'wash', word('CONDITIONER')),
  rule('soap', 'wash', word('SOAP|CLEANSING BAR|SYNDET|BAR')),
  rule('emulgel', 'semi-solid', word('EMULGEL')),
  rule('ointment', 'semi-solid', word('OINT(?:MENT)?')),
  rule('cream', 'semi-solid', word('CREA?M|CREME')),
  rule(
    'cleanser',
    'wash',
    word(
      'CLEANSER|CLEANSING|(?:HAND|FACE|FACIAL|BODY) WASH|SHOWER|WASH|MICELLAR|MAKE ?UP REMOVER|SCRUB|FOAM',
    ),
  ),
  rule('gel', 'semi-solid', word('[GJ]EL')),
  rule('lotion', 'liquid-topical', word('LOTION|TONER')),
  rule('serum', 'liquid-topical', word('SERUM')),
  rule('spray', 'liquid-topical', word('SPRAY|SPARY|AEROSOL|MIST')),
  rule('balm', 'semi-solid', word('BALM|VASELINE|BUTTER|WAX')),
  rule('mask', 'semi-solid', word('MASK')),
  rule('paste', 'semi-solid', word('PASTE')),
  rule('roll-on', 'liquid-topical', word('ROLL ?-?ON')),
  rule('stick', 'semi-solid', word('STICK')),
  rule('oil', 'liquid-topical', word('OIL')),
  rule('emulsion', 'liquid-topical', word('EMULSION|FLUID')),
  rule('paint', 'liquid-topical', word('PAINT|LACQUER|NAIL|COLLODION')),
  rule('vaginal ring', 'vaginal', /\bVAGINAL RING\b/),
  rule('intrauterine device', 'other', /\bINTRA ?UTERINE\b/),
  rule('tea bag', 'oral-powder', word('(?:FILTER|TEA) BAGS?|TEA')),
  rule('wipes', 'other', word('WIPES')),
  rule('plaster', 'other', word('PLASTERS?|SHEETS?|DRESSINGS?|GAUZE')),
  rule('milk powder', 'oral-powder', word('MILK|LAIT|FORMULA')),
  rule('powder', 'powder', word('POWDER|PD|PWD|TALC')),
  rule('granules', 'oral-powder', word('GRANULES|GR')),
  rule(
    'topical solution',
    'liquid-topical',
    /\b(?:TOP(?:ICAL)?|EXTERNAL|HAIR|SKIN)\b.*\b(?:SOL(?:UTION|N)?|TONIC|WATER)\b|\bTONIC\b/,
  ),
  rule('solution', 'other', word('SOL(?:UTION|N)?|SOUTION|LIQUID|DROP|DPS|TINCTURE')),
];
