/**
 * Names of which there are too many to list one by one, and which mean one thing to a pharmacist: the pollens of an
 * allergy test, the serotypes of a vaccine, the gland a homeopathic dilution was made of. Each pattern names the
 * standard ingredient it stands for; where that one is unknown the text stays unlinked.
 */
const CLASSES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bnosode\b/, 'nosode'],
  [/^(?:sus scrofa|bos taurus|ovis aries|equus caballus) [a-z]/, 'animal organ extract'],
  [
    /\b(?:pollen|allergenic|allergen|venom|feather|dander|skin|hair|fly|smut|mite|pelt|epidermal)(?: allergen(?:ic)?)? extract\b|\bpollens?$|\bvenom protein$|^dermatophagoides|\bpollen\b.*\b(?:standardized|adsorbate)\b|^standardized .*\b(?:pollen|pelt|hair|mite)\b/,
    'allergenic extract',
  ],
  [/\bantivenin\b|\bantivenom\b/, 'snake venom antiserum'],
  [/\bbotulinum neurotoxin\b.*\bimmune fab/, 'botulism antitoxin'],
  [
    /\bpneumococcal (?:capsular )?poly.*\bserot|\bstreptococcus pneumoniae\b.*\b(?:antigen|polysaccharide|capsular)\b/,
    'pneumococcal vaccine',
  ],
  // Before the meningococcal ones: its carrier protein comes from meningococci.
  [
    /\bhemophilus influenzae (?:type )?b\b.*\b(?:strain|conjugate|prp|polysaccharide|vaccine)\b/,
    'haemophilus influenzae b vaccine',
  ],
  [
    /\bneisseria meningitidis\b.*\b(?:antigen|protein|polysaccharide|vesicle|lipoprotein|oligosaccharide)\b|\bmeningococcal\b.*\b(?:polysaccharide|oligosaccharide|conjugate|vaccine)\b/,
    'meningococcal vaccine',
  ],
  [
    /\bhemagglutinin\b.*\bstrain\b|^influenza (?:virus type )?[ab](?: virus)?\b.*\bantigen\b/,
    'influenza vaccine',
  ],
  [/\bpapillomavirus\b.*\b(?:vaccine|l1 protein)\b/, 'human papillomavirus vaccine'],
  [/\bsars cov 2\b|^mrna (?:bnt162b2|1273|1283|spike protein)\b|\bnvx cov\d+/, 'covid-19 vaccine'],
  [
    /\bpoliovirus\b.*\binactivated\b|\binactivated polio\w*\b|^vaccine inactivated polio/,
    'inactivated poliomyelitis vaccine',
  ],
  [/\brotavirus\b.*\b(?:reassortant|vaccine|attenuated|strain)\b/, 'rotavirus vaccine'],
  [/\bhepatitis a (?:virus|vaccine)\b.*\b(?:strain|antigen|inactivated)\b/, 'hepatitis a vaccine'],
  [/\bhepatitis b surface antigen\b/, 'hepatitis b vaccine'],
  [/\brabies virus vaccine\b|\brabies virus\b.*\bstrain\b/, 'rabies vaccine'],
  [/\bjapanese enceph\w* virus\b|^inact japanese enceph/, 'encephalitis vaccine, japanese'],
  [/\btick borne encephalitis\b/, 'encephalitis vaccine, tick-borne'],
  [/\byellow fever virus\b/, 'yellow fever vaccine'],
  [/\bzoster virus glycoprotein e\b/, 'zoster vaccine, recombinant'],
  [/\bvaricella\b.*\b(?:live|attenuated|strain)\b|\battenuated varicella\b/, 'varicella vaccine'],
  [/\bmeasles virus\b.*\b(?:live|attenuated|strain)\b/, 'measles vaccine'],
  [/\bmumps virus\b.*\b(?:live|attenuated|strain)\b/, 'mumps vaccine'],
  [/\brubella virus\b.*\b(?:live|attenuated|strain)\b/, 'rubella vaccine'],
  [/\bvibrio cholerae\b.*\blive\b/, 'cholera vaccine, live'],
  [/\bvibrio cholerae\b.*\b(?:biotype|inaba|ogawa)\b/, 'vibrio cholerae vaccine'],
  [/\bsalmonella typhi ty ?21a\b/, 'typhoid vaccine, live oral'],
  [/^cyd serotype|\bdengue virus\b.*\blive\b/, 'dengue vaccine'],
  [/\brespiratory syncytial virus\b.*\b(?:pre fusion|vaccine|mrna)\b/, 'respiratory syncytial virus vaccine'],
  [/\bchikungunya\b.*\b(?:antigen|live|attenuated)\b/, 'chikungunya vaccine'],
  [/\biodine complex$|\bphenoxypoly\w*.*\biodine$/, 'iodophor'],
  [
    /^(?:n )?(?:alkyl|dioctyl|octyl|didecyl|dodecyl)\b.*\bammonium (?:chloride|saccharinate)$|^dimethylbenzyl ammonium chloride$/,
    'quaternary ammonium compounds',
  ],
  [
    /^(?:(?:multi ?)?vitamins? )?(?:with )?(?:all )?\d+ (?:essential )?vitamins?(?: [a-k]\d*)?$/,
    'multivitamins',
  ],
  [/^\d+ (?:essential |trace )?minerals?$|^magnesium salts$/, 'minerals'],
  [
    /^(?:\d+ )?(?:essential )?(?:vitamins|multivitamins?) (?:and|plus|with)? ?(?:\d+ )?minerals$/,
    'multivitamins and minerals',
  ],
  [
    /^(?:and )?(?:\d+ )?(?:other|others)\b(?: (?:natural|active|essential|vitamins?|oils?|oil|ingredients?|components?|soothing|analgesic|and|minerals?))*$|^(?:a group of )?natural ingredients$|^botanical ingredients$/,
    'unspecified ingredients',
  ],
];

/** Made of words that say what a product is for, not what is in it: "liver support formula". */
const PHRASE_OF_NOTHING = /\b(?:formula|complex|blend|mixture|system|composite)$/;

/** Words that tell no ingredient; a phrase made of others as well may name one, and stays for the worklist. */
const EMPTY = new Set(
  `formula complex blend mixture system composite support supports liver vaginal douche doushe skin hair scalp vital body face
  baby mouth wash tooth dental eye care cream gel lotion massage cleansing moisturizing moisturising whitening soothing firming
  protect protection protective nutri nutritive energy focus performance muscle joint bone immune immunity proprietary
  proprietry special modified advanced natural active actives slimming weight loss anti acne aging ageing wrinkle scar stretch
  marks hydrating hydration nourishing growth repair renewal lightening brightening white derma foaming base and for of with the a
  foot lip nail intimate feminine shampoo soap shower sun after before total complete pro oral nasal throat cough cold kids
  children adult women men mother pregnancy prenatal sleep memory brain heart stomach colon digestive enzyme herbal boosting
  hydroactive conditioning soft light rich intensive treatment daily fatigue stress mood relax relaxing`.split(
    /\s+/,
  ),
);

/** Name of the standard ingredient a name of a class stands for, or undefined. `key` as `ingredientKey` makes it. */
export function classOf(key: string): string | undefined {
  for (const [pattern, name] of CLASSES) if (pattern.test(key)) return name;
  const isNothing = PHRASE_OF_NOTHING.test(key) && key.split(' ').every((word) => EMPTY.has(word));
  return isNothing ? 'unspecified ingredients' : undefined;
}
