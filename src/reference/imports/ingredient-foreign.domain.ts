/**
 * Names as other languages write them, in English order and with English endings: "chlorhydrate de dobutamine",
 * "acide acetylsalicylique", "Ascorbinsaure", "natrii chloridum". Only forms are made here; a form counts when it is
 * exactly a known name.
 */

/** French and German words of salts, and metals in French, German and Latin. */
const WORDS: ReadonlyMap<string, string> = new Map(
  `chlorhydrate hydrochloride | dichlorhydrate dihydrochloride | monochlorhydrate hydrochloride | bromhydrate hydrobromide |
  chlorure chloride | bromure bromide | iodure iodide | fluorure fluoride | oxyde oxide | dioxyde dioxide | peroxyde peroxide |
  hydroxyde hydroxide | sulfure sulfide | hydrochlorid hydrochloride | chlorid chloride | bromid bromide | iodid iodide |
  oxid oxide | hydroxid hydroxide | sulfat sulfate | phosphat phosphate | acetat acetate | citrat citrate | maleat maleate |
  tartrat tartrate | fumarat fumarate | succinat succinate | carbonat carbonate | gluconat gluconate | lactat lactate |
  nitrat nitrate | besilat besylate | mesilat mesylate | chloridum chloride | oxydum oxide | oxidum oxide | sulfas sulfate |
  phosphas phosphate | hydrochloridum hydrochloride | carbonas carbonate | acetas acetate | citras citrate |
  natrium sodium | natrii sodium | kalium potassium | kalii potassium | calcii calcium | kalzium calcium | magnesii magnesium |
  zinci zinc | zink zinc | ferrum iron | ferrosi ferrous | eisen iron | kupfer copper | fer iron | cuivre copper | argent silver |
  baryum barium | etain tin | soufre sulfur | iode iodine | fluor fluoride | sodique sodium | potassique potassium |
  calcique calcium | disodique disodium | magnesique magnesium | monosodique sodium | dipotassique dipotassium | tromethamine tromethamine |
  ferreux ferrous | ferrique ferric | cuivrique cupric | cuivreux cuprous | stanneux stannous | manganeux manganese |
  anhydre anhydrous | dihydrate dihydrate | trihydrate trihydrate | dibasique dibasic | monobasique monobasic | tribasique tribasic |
  humaine human | humain human | insuline insulin | vitamine vitamin | vaccin vaccine | colloidal colloidal | purifiee purified | eau water`
    .split('|')
    .map((pair) => pair.trim().split(/\s+/))
    .map(([from = '', to = '']) => [from, to] as const),
);

const SALTS = new Set(
  `hydrochloride dihydrochloride hydrobromide chloride bromide iodide fluoride oxide dioxide peroxide hydroxide sulfide sulfate
  bisulfate phosphate acetate citrate maleate tartrate bitartrate fumarate succinate carbonate bicarbonate gluconate lactate
  nitrate mononitrate dinitrate besylate mesylate tosylate pamoate palmitate propionate dipropionate valerate furoate benzoate
  salicylate stearate borate sorbate picolinate pantothenate ascorbate selenite selenate molybdate iodate glycerophosphate
  undecylenate clavulanate valproate alginate hyaluronate polystyrene sulfonate perborate thiosulfate hypochlorite nitrite
  sulfite lactobionate estolate ethylsuccinate stearate xinafoate pyrophosphate orotate aspartate glutamate malate oxalate`.split(
    /\s+/,
  ),
);

/** Most forms made of one name. */
const MOST_FORMS = 24;

/** A word with the endings it may have in English. */
function endings(word: string): string[] {
  const translated = WORDS.get(word);
  if (translated !== undefined) return [translated];
  if (word.length < 6) return [word];
  const forms = [word];
  if (/(?:in|en|on|ol|il|os|id|as|at|ic|in|um|an)e$/.test(word)) forms.push(word.slice(0, -1));
  if (/(?:in|en|on|il|os|id|at|an)$/.test(word)) forms.push(`${word}e`);
  if (word.endsWith('um')) forms.push(word.slice(0, -2), `${word.slice(0, -2)}e`);
  if (word.endsWith('ique')) forms.push(`${word.slice(0, -4)}ic`);
  return forms;
}

function combine(words: readonly string[]): string[] {
  let forms = [''];
  for (const word of words) {
    forms = forms.flatMap((form) =>
      endings(word).map((ending) => (form === '' ? ending : `${form} ${ending}`)),
    );
    if (forms.length > MOST_FORMS) return [];
  }
  return forms;
}

/** "acetylsalicylsaure" → "acetylsalicylic acid"; "ascorbinsaure" → "ascorbic acid". */
function germanAcid(key: string): string | undefined {
  const stem = /^([a-z ]{3,}?)(?:in)?saure$/.exec(key)?.[1];
  return stem === undefined ? undefined : `${stem === 'fol' ? 'fol' : stem}ic acid`;
}

/**
 * Forms the name may have in English, none of them `key` itself. `key` as `ingredientKey` makes it: lower case, no accents.
 */
export function foreignForms(key: string): string[] {
  const german = germanAcid(key);
  if (german !== undefined) return [german, german.replace(/icic acid$/, 'ic acid')];
  const acid = /^(?:acide|acidum) (?:l |dl )?(\S+)(?: (\S+))?$/.exec(key);
  if (acid !== null) {
    const stem = (acid[1] ?? '').replace(/(?:ique|icum|um)$/, '');
    const rest = acid[2] === undefined ? '' : ` ${WORDS.get(acid[2]) ?? acid[2]}`;
    return [`${stem}ic acid${rest}`, `${stem} acid${rest}`];
  }
  const oil = /^(?:huile|essence) (?:de |d |du |des |essentielle de )(.+)$/.exec(key);
  if (oil !== null) return combine((oil[1] ?? '').split(' ')).map((form) => `${form} oil`);
  const words = key.split(' ');
  const of = words.findIndex((word) => word === 'de' || word === 'd' || word === 'du');
  if (of > 0) {
    const before = words.slice(0, of).map((word) => WORDS.get(word) ?? word);
    if (!before.every((word) => SALTS.has(word))) return [];
    return combine(words.slice(of + 1)).map((form) => `${form} ${before.join(' ')}`);
  }
  const [first = '', second = '', ...more] = words;
  const salt = WORDS.get(first) ?? first;
  if (more.length === 0 && SALTS.has(salt) && WORDS.has(second))
    return [`${WORDS.get(second) ?? ''} ${salt}`];
  if (/[\u0600-\u06ff]/.test(key)) return [];
  return combine(words).filter((form) => form !== key);
}
