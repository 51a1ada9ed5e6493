/**
 * GS1 application identifiers (GS1 General Specifications, release 25): length, characters and check of their data.
 * `*` before the data: length fixed beforehand, no separator needed behind it. N digits, X character set 82,
 * Y set 39, Z base64url; `..` up to so many; [] may be missing; `:` a check of gs1-checks. The test compares each
 * entry with GS1's own syntax dictionary. 31nn–36nn (measures) are all six digits.
 */
const TABLE = `
*N18:mod10 | 00
*N14:mod10 | 01 02 03
X..20 | 10 21 22 243 254 420 4318 7020 7021 7022 710 711 712 713 714 715 716 717 7240 8002 8012
*N6:date0 | 11 12 13 15 16 17
*N2 | 20
X..28 | 235
X..30 | 240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90
N..6 | 242
N13:mod10 [X..17] | 253
N13:mod10 [N..12] | 255
N..8 | 30 37
*N6 | 3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205 3210-3215 3220-3225
*N6 | 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 3300-3305 3310-3315 3320-3325
*N6 | 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375 3400-3405 3410-3415 3420-3425 3430-3435 3440-3445
*N6 | 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495 3500-3505 3510-3515 3520-3525 3530-3535 3540-3545
*N6 | 3550-3555 3560-3565 3570-3575 3600-3605 3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665
*N6 | 3670-3675 3680-3685 3690-3695
N..15 | 3900-3909 3920-3929
N3 N..15 | 3910-3919 3930-3939
N4 | 3940-3943 8111
N6 | 3950-3955 8005
N17:mod10 | 402
*N13:mod10 | 410-417
N3 X..9 | 421
N3 | 422 424 426
N3 [N3] [N3] [N3] [N3] | 423 425
X..3 | 427 7008
X..35:percent | 4300 4301 4310 4311 4320
X..70:percent | 4302-4306 4312-4316 7257
X2 | 4307 4317
N10:latitude N10:longitude | 4309
N1:yesno | 4321-4323
N6:date0 N4:hhmi | 4324 4325
N6:date | 4326 7006
N6 [X1]:minus | 4330-4333
N13 | 7001
N6:date N4:hhmi | 7003
N..4 | 7004
X..12 | 7005
N6:date [N6]:date | 7007
X..10 | 7009 7255
X..2 | 7010
N6:date [N4]:hhmi | 7011
N3 X..27 | 7030-7039
N1 X1 X1 X1:importer | 7040
X..4 | 7041
X2 X..28 | 7230-7239
N2 | 7241
X..25 | 7242 8020
N8:longdate | 7250
N8:longdate N4:hhmi | 7251
N1:sex | 7252
X..40:percent | 7253 7254 7259
X..90:percent | 7256
X3:sequence | 7258
N4:nonzero N5:nonzero N3:nonzero N1:winding N1 | 8001
N1:zero N13:mod10 [X..16] | 8003
N14:mod10 N4:piece | 8006 8026
X..34:iban | 8007
N6:date N2:hh [N2]:mi [N2]:mi | 8008
X..50 | 8009
Y..30 | 8010
N..12:nonzero1 | 8011
X..25:pair | 8013
X..25:pair:nondigit | 8014
N18:mod10 | 8017 8018
N..10 | 8019
Z..90 | 8030
N15 | 8040 8041
N32 | 8042
N18 [N..2] | 8043
X..70 | 8110 8112 8200
X..90 | 91-99`;

export type CharacterSet = 'N' | 'X' | 'Y' | 'Z';

/** One part of the data of an identifier. */
export interface AiPart {
  readonly set: CharacterSet;
  readonly min: number;
  readonly max: number;
  readonly isOptional: boolean;
  readonly checks: readonly string[];
}

/** What the data of an identifier must look like. */
export interface AiRule {
  readonly ai: string;
  /** True: no separator is needed behind it. */
  readonly isPredefined: boolean;
  readonly parts: readonly AiPart[];
  /** Shortest and longest data. */
  readonly min: number;
  readonly max: number;
}

function partOf(text: string): AiPart {
  const match = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?((?::\w+)*)$/.exec(text);
  if (!match) throw new Error(`gs1 table: ${text}`);
  const max = Number(match[4]);
  return {
    set: match[2] as CharacterSet,
    min: match[3] === undefined ? max : 1,
    max,
    isOptional: match[1] === '[',
    checks: (match[5] ?? '').split(':').filter(Boolean),
  };
}

function* aisOf(range: string): Generator<string> {
  const [first = '', last = first] = range.split('-');
  for (let ai = Number(first); ai <= Number(last); ai++) yield String(ai).padStart(first.length, '0');
}

function readTable(): Map<string, AiRule> {
  const rules = new Map<string, AiRule>();
  for (const line of TABLE.trim().split('\n')) {
    const [data = '', ranges = ''] = line.split(' | ');
    const isPredefined = data.startsWith('*');
    const parts = data.replace('*', '').split(' ').map(partOf);
    const min = parts.reduce((sum, part) => sum + (part.isOptional ? 0 : part.min), 0);
    const max = parts.reduce((sum, part) => sum + part.max, 0);
    for (const range of ranges.split(' '))
      for (const ai of aisOf(range)) rules.set(ai, { ai, isPredefined, parts, min, max });
  }
  return rules;
}

/** Every identifier GS1 has assigned, by its digits. */
export const AI_RULES: ReadonlyMap<string, AiRule> = readTable();

// Identifiers GS1 has not assigned but whose length it has fixed for ever (General Specifications figure 7.8.5-2).
const RESERVED_LENGTHS = [
  ['04', 2, 16],
  ['14', 2, 6],
  ['18', 2, 6],
  ['19', 2, 6],
  ...['31', '32', '33', '34', '35', '36'].map((start) => [start, 4, 6] as const),
  ['41', 3, 13],
] as const;

/** Digits of an identifier by its first two; an identifier that begins otherwise cannot be measured. */
const AI_LENGTHS = new Map<string, number>([
  ...[...AI_RULES.keys()].map((ai) => [ai.slice(0, 2), ai.length] as const),
  ...RESERVED_LENGTHS.map(([start, length]) => [start, length] as const),
]);
const RESERVED_DATA = new Map<string, number>(RESERVED_LENGTHS.map(([start, , data]) => [start, data]));

/** How many digits the identifier at the beginning of a text has, or undefined where GS1 has not laid that down. */
export function aiLength(text: string): number | undefined {
  return AI_LENGTHS.get(text.slice(0, 2));
}

/** The data length that holds for an unassigned identifier, where GS1 has laid it down beforehand. */
export function reservedLength(ai: string): number | undefined {
  return RESERVED_DATA.get(ai.slice(0, 2));
}
