/**
 * Names that look alike and mean different medicines (after the lists of confused drug names of ISMP and WHO), and
 * chemical words one letter apart. None of them is ever taken for a misspelling of another.
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Pairs one letter apart that are different substances, and stems ending alike: never taken for misspellings. */
export const NEVER_CORRECTED = words(`
  inulin insulin cystine cysteine methanol ethanol choline chlorine silicon silicone iodide iodine iodate nitrite nitrate
  sulfite sulfate sulfide chloride chlorite chlorate linoleic linolenic benzyl benzoyl methyl ethyl butyl propyl phenyl
  creatine creatinine glycerin glyceryl lactase lactose maltase maltose amylase amylose cellulase cellulose retinal
  retinol glycoside glucoside afatinib apatinib guanine guanidine adenine adenosine thymine carotene carnitine carnosine
  cefalotin cefaloridine estrone estriol melanin melatonin pectin pepsin
  lecithin lectin phosphite phosphate phosphide bromide bromate fluoride fluorine ferrous ferric cuprous cupric
  benzoin benzoic folic folinic malic maleic tropine atropine aminophylline capric caproic caprylic
  arsenic arsenous mercuric mercurous stannous stannic galactosamine sorbic sorbitol
  dimethyl diethyl trimethyl triethyl hydroxymethyl hydroxyethyl cresol creosol guaiacol thymol carvacrol pinene camphene squalene squalane butane butene xylose xylitol
`);

const PAIRS = `
  prednisone prednisolone | prednisolone methylprednisolone | cefuroxime cefixime | cefazolin cefalexin |
  cefotaxime ceftriaxone | cefotetan cefoxitin | cefoxitin cefotaxime | ceftazidime ceftizoxime | cefaclor cefadroxil |
  chlorpromazine chlorpropamide | clomipramine clomifene | clomiphene clomipramine | clonidine clonazepam |
  clonazepam clobazam | clozapine clonazepam | diazepam diltiazem | dopamine dobutamine |
  ephedrine epinephrine | fluoxetine fluvoxamine | fluoxetine paroxetine | duloxetine fluoxetine | glipizide glyburide |
  glimepiride glipizide | gliclazide glipizide | hydralazine hydroxyzine | hydrocodone oxycodone |
  hydrocortisone hydrocodone | hydroxyzine hydralazine | lamotrigine lamivudine | lorazepam alprazolam |
  medroxyprogesterone methylprednisolone | metformin metronidazole | methimazole metolazone | metolazone metoprolol |
  metoprolol metoclopramide | morphine hydromorphone | nicardipine nifedipine | nimodipine nifedipine |
  nifedipine nisoldipine | nitrendipine nimodipine | oxcarbazepine carbamazepine | oxycodone oxymorphone |
  penicillamine penicillin | pentobarbital phenobarbital | phenytoin fosphenytoin | quinine quinidine |
  rabeprazole aripiprazole | omeprazole esomeprazole | risperidone ropinirole | rifampin rifaximin |
  rifampicin rifapentine | sertraline cetirizine | sitagliptin saxagliptin | sulfadiazine sulfasalazine |
  sulfadiazine sulfadimidine | sumatriptan zolmitriptan | terbinafine terbutaline | tiagabine tizanidine |
  tolazamide tolbutamide | tramadol trazodone | valacyclovir valganciclovir | aciclovir ganciclovir |
  vinblastine vincristine | vinorelbine vinblastine | azathioprine azithromycin | bupropion buspirone |
  carboplatin cisplatin | cisplatin oxaliplatin | daunorubicin doxorubicin | doxorubicin idarubicin |
  epirubicin idarubicin | docetaxel paclitaxel | infliximab rituximab | eribulin epirubicin | cycloserine cyclosporine |
  cyclophosphamide cyclosporine | desipramine imipramine | nortriptyline amitriptyline | doxepin doxazosin |
  doxycycline dicycloverine | famotidine fluoxetine | fenofibrate bezafibrate | gentamicin gentian | levetiracetam levocarnitine |
  levofloxacin levetiracetam | levothyroxine liothyronine | lisinopril fosinopril | losartan valsartan |
  mirtazapine metformin | naloxone naltrexone | neomycin netilmicin | norfloxacin nalidixic | norepinephrine epinephrine |
  olanzapine quetiapine | ofloxacin norfloxacin | pralidoxime pyridoxine | pyridoxine pyridostigmine |
  propranolol propafenone | salbutamol salmeterol | salmeterol formoterol | sildenafil vardenafil | tadalafil vardenafil |
  thiamine thiamazole | thiamine theanine | tobramycin trimebutine | torasemide furosemide | zolpidem zopiclone |
  acetazolamide acetohexamide | amantadine rimantadine | amiodarone dronedarone | atenolol timolol | atomoxetine atorvastatin |
  betaxolol bisoprolol | brinzolamide dorzolamide | budesonide bumetanide | candesartan irbesartan | captopril carvedilol |
  cimetidine ranitidine | citalopram escitalopram | clotrimazole cotrimoxazole | dexamethasone betamethasone |
  digoxin digitoxin | dimenhydrinate diphenhydramine | dihydroergotamine ergotamine | enalapril ramipril |
  estradiol estriol | ketotifen ketoprofen | ketorolac ketoconazole | loratadine lovastatin | desloratadine loratadine |
  mefenamic tranexamic | meloxicam tenoxicam | piroxicam tenoxicam | mesalazine sulfasalazine | methyldopa levodopa |
  mebeverine meclozine | nicotine nicotinic | oxybutynin oxytocin | paroxetine piroxicam | perindopril ramipril |
  pravastatin rosuvastatin | promethazine prochlorperazine | promazine promethazine | repaglinide nateglinide |
  simvastatin simeticone | sotalol stanozolol | tetracycline tetracaine | tranexamic tramadol | trimetazidine trimethoprim |
  venlafaxine desvenlafaxine | verapamil vardenafil | zidovudine lamivudine | lanthanum lithium |
  chlorphenamine chlorphenesin | chlorphenoxamine chlorphenamine | carbimazole carbamazepine | benzocaine benzonatate |
  iohexol iodixanol | iopamidol iopromide | ibandronic pamidronic | alendronic risedronic | zoledronic clodronic
`;

function pairsOf(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const pairs = new Map<string, Set<string>>();
  const add = (one: string, other: string): void => {
    const others = pairs.get(one) ?? new Set<string>();
    pairs.set(one, others.add(other));
  };
  for (const pair of text.split('|')) {
    const [one = '', other = ''] = pair.trim().split(/\s+/);
    add(one, other);
    add(other, one);
  }
  return pairs;
}

/** Names a word is known to be confused with. */
export const LOOK_ALIKES = pairsOf(PAIRS);
