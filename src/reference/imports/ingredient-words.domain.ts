/**
 * Words the ingredient parser knows. They are lists, not rules: each list says what its words do, and every
 * word is spelled as `ingredientKey` spells it (folded, sulf- for sulph-).
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/**
 * Salt, ester and hydrate words. Dropped from the end of a name when what is left is a known ingredient:
 * "amlodipine besylate" is amlodipine. Prodrug esters with another clinical identity (alafenamide,
 * disoproxil) and depot partners (benzathine, procaine) are left out on purpose.
 */
export const ANION_WORDS = words(`
  hydrochloride hcl dihydrochloride hydrobromide hbr hydrochlorid besylate mesylate dimesylate tosylate maleate tartrate
  bitartrate fumarate hemifumarate succinate citrate phosphate sulfate bisulfate hydrogensulfate acetate diacetate
  gluconate digluconate lactate nitrate mononitrate chloride bromide methylbromide iodide dihydrate monohydrate
  trihydrate hemihydrate sesquihydrate hydrate anhydrous propionate dipropionate valerate furoate butyrate caproate
  axetil proxetil pivoxil cilexetil medoxomil mofetil tromethamine trometamol meglumine pamoate embonate palmitate
  stearate undecylenate decanoate enanthate estolate ethylsuccinate edisylate olamine etexilate xinafoate orotate
  oxalate salt base pidolate etabonate isethionate isetionate dimaleate difumarate ditartrate hyclate napsylate camsylate
  esylate tannate polistirex hippurate mandelate hemisuccinate cypionate cipionate phenpropionate ethanolate malate
  ditosylate sulfates chlorhydrate dihydrobromide diphosphate triphosphate hemitartrate glucuronate lactobionate pivalate
  acetonide hemihydrochloride bisulphate laurylsulfate metilsulfate methylsulfate sesquihydrate pentahydrate heptahydrate
  hexahydrate tetrahydrate decahydrate dodecahydrate monohydrochloride hydrogenphosphate
  صوديوم بوتاسيوم هيدروكلوريد هيدروكلورايد ماليات تارترات فومارات سيترات فوسفات اسيتات سكسينات بيسيلات تريهيدرات
`);

/** Water and how much of it: dropped before any salt, "zinc sulfate heptahydrate" is zinc sulfate. */
export const HYDRATES = words(`
  hydrate monohydrate dihydrate trihydrate tetrahydrate pentahydrate hexahydrate heptahydrate decahydrate dodecahydrate
  hemihydrate sesquihydrate hemipentahydrate anhydrous hydrous dried
`);

/** Metals that are salt formers behind an acid ("losartan potassium") but a second ingredient behind anything else. */
export const METAL_WORDS = words(`sodium disodium potassium calcium magnesium`);

/** Last word of acids that are given as metal salts: only behind these is a metal dropped. */
export const ACIDIC_MOIETY =
  /(?:ac|sartan|statin|prazole|cillin|parin|profen|dronate|naproxen|warfarin|thyroxine|thyronine|montelukast|fosfomycin|phenytoin|thiopental|barbital|barbitone|valproate|mycophenolate|citicoline|cromogl[iy]cate|acamprosate|bactam|c[iy]clovir|methotrexate|dantrolene|sulfacetamide|pemetrexed|prozin|fluorescein|saccharin|metamizole|aescin)$|^cef/;

/** After a metal these still belong to the salt: "hydrocortisone sodium succinate". */
export const AFTER_METAL = words(
  `succinate phosphate salt hydrate dihydrate monohydrate trihydrate anhydrous`,
);

/** Inorganic anions: a misspelling in front of one is not corrected, it could be any metal. */
export const INORGANIC_ANIONS = words(`sulfate chloride nitrate iodide bromide phosphate`);

/**
 * Elements for which dropping a salt word would lose the substance: sodium fluoride is not sodium, potassium
 * iodide is not potassium, selenium sulfide is not selenium. Their salts must be known by name.
 */
export const NO_SALT_STRIP = words(`
  sodium potassium calcium magnesium zinc iron ferrous ferric copper cupric selenium silver aluminium ammonium
  lithium barium bismuth manganese chromium iodine strontium hydrogen benzalkonium cetyl cetylpyridinium methyl
  ethyl vitamin mercury tin titanium cobalt molybdenum boron silicon gold lead arsenic cadmium nickel radium sulfur thymol
  phosphorus platinum thallium beryllium germanium caesium cesium rubidium citrate phosphate acetate lactate bicarbonate كلوريد كلورايد
  فلوريد بيكربونات كربونات سلفات كبريتات حديد زنك كالسيوم ماغنيسيوم ماغنسيوم مغنيسيوم صوديوم بوتاسيوم
`);

/** Nutrient carriers: "zinc picolinate" is the mineral zinc when the mineral is what is known. */
export const NUTRIENT_MINERALS = words(
  `zinc magnesium calcium iron copper manganese chromium selenium boron molybdenum`,
);
export const NUTRIENT_CARRIERS = words(`
  gluconate citrate malate picolinate glycinate bisglycinate diglycinate pidolate taurate threonate orotate aspartate
  chelate chelated
`);

/** Words that say how a substance was made or presented, dropped at either end if the rest is known. */
export const QUALIFIER_WORDS = words(`
  pure natural organic micronized micronised ultramicronized liposomal liposomial chelated elemental powder powdered
  crystal crystals extract ext ex dry liquid fluid standardized standardised concentrated gel bp usp ep virgin refined
  active form equivalent as sucrosomial buffered hydrolyzed hydrolysed hydrolysate odorless traditional tincture purified
  bioactive nano nanosized encapsulated microencapsulated deodorized decaffeinated oily aqueous fermented freeze lyophilized
  lyophilised ultrapure conc concentrate complex unspecified glacial dibasic monobasic tribasic macrocrystals
  macrocrystalline microcrystalline ultramicrocrystalline microsize ultramicrosize colloidal nanoactive solution whole
  preparation kit
`);

/** Said of substances made in cells, dropped at the end only: "teriparatide recombinant human". */
export const ORIGIN_WORDS = words(`recombinant human synthetic rdna origin biosynthetic humanized`);

/** Metals in front of an acid's name: "sodium ibandronate". */
export const LEADING_METALS = words(`sodium disodium trisodium potassium dipotassium calcium magnesium`);

/** Parts of plants and fruits written in the plural. */
export const PLURALS: ReadonlyMap<string, string> = new Map([
  ['leaves', 'leaf'],
  ['leafs', 'leaf'],
  ['berries', 'berry'],
  ['cherries', 'cherry'],
  ['bodies', 'body'],
]);

/** Behind a comma these tell more of the name before it: "estrogens, conjugated". */
export const COMMA_WORDS = words(`
  dibasic monobasic tribasic anhydrous hydrous monohydrate dihydrate trihydrate pentahydrate hexahydrate heptahydrate
  decahydrate glacial conjugated esterified synthetic chorionic serum macrocrystals macrocrystalline microcrystalline
  ultramicrocrystalline microsize ultramicrosize unspecified form human equine bovine porcine ovine recombinant live
  attenuated inactivated adsorbed liposomal pegylated micronized dried purified crude standardized dl white light heavy
  colloidal extended prompt strain regular stabilized modified precipitated hydrolyzed roasted whole aged subunit glycopegylated
  a b c i ii iii iv usp bp nf
`);

/** Plant parts, dropped with "extract" only: "ivy leaf extract" is ivy, but olive leaf is not olive oil and grape seed not grape. */
export const PLANT_PARTS = words(`leaf leaves root roots rhizome herb flower flowers`);

/** Amino acids and kin whose natural form is the L one: "l carnitine" is carnitine when only that is known. */
export const L_FORMS = words(`
  alanine arginine asparagine aspartate carnitine carnosine citrulline cysteine cystine glutamine glutathione
  histidine isoleucine leucine lysine methionine ornithine phenylalanine proline serine taurine theanine threonine
  tryptophan tyrosine valine tartrate methylfolate
`);

/** Substances whose D form is meant by the plain name: "d biotin" is biotin. */
export const D_FORMS = words(`biotin panthenol calcium alpha`);

/** Words that say what something is made into; they never begin a name in a list without separators ("rose water"). */
export const NEVER_FIRST = words(`
  water oil butter wax gel powder seed seeds acid milk protein extract gum starch fiber cream alcohol leaf root juice
  lysine arginine peptide peptides proteins oxide peel fruit flavour flavor aroma complex acids
`);

/** Element symbols, read as minerals only inside a list of vitamins and minerals. */
export const ELEMENT_SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['zn', 'zinc'],
  ['cu', 'copper'],
  ['se', 'selenium'],
  ['mn', 'manganese'],
  ['fe', 'iron'],
  ['mg', 'magnesium'],
  ['ca', 'calcium'],
  ['cr', 'chromium'],
  ['mo', 'molybdenum'],
]);

/** Heads that stand for a group; with a list in brackets the list is the composition, alone they are no substance. */
export const GROUP_HEADS = words(`
  vitamins vitamin vit vits multivitamin multivitamins minerals mineral multiminerals probiotic probiotics prebiotic
  prebiotics enzymes silicones antioxidants antioxidant electrolytes herbs oil
`);

/** Words no substance name has: their presence makes a part a phrase for the worklist. */
export const PHRASE_WORDS = words(`
  with and or of for the from to in on by plus contains containing contain each all other others types based formula
  formulation complex mixture blend mix ingredient ingredients component components system technology product products
  provides support supports help helps health healthy energy combo vitamins minerals multivitamin multivitamins
  multimineral multiminerals compound compounds compined combined combination equivalent eq
  stage pro free enriched care cream shampoo lotion soap spray toothpaste wash solution base anti ultra
  plants herbal herbs plant nutrients nutritional supplement supplements tablets capsules sterile stroke injury
  moisturizing moisturising whitening soothing firming cleansing active actives agent agents sun protection
  massage mouth hair skin body baby patented antioxidants enzymes are can that disorders dandruff total fat strains bacteria grade
`);
