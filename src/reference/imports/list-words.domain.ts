import { own } from '../../platform/text/own.js';
import { FORM_RULES, type FormFamily } from './dosage-form-words.domain.js';
import { ROUTES, type RouteName } from './route-class.domain.js';

const ROUTES_AR: Readonly<Record<RouteName, string>> = {
  oral: 'عن طريق الفم',
  sublingual: 'تحت اللسان',
  oromucosal: 'داخل الفم',
  ophthalmic: 'للعين',
  otic: 'للأذن',
  nasal: 'للأنف',
  inhalation: 'استنشاق',
  topical: 'موضعي',
  transdermal: 'عبر الجلد',
  vaginal: 'مهبلي',
  rectal: 'شرجي',
  injection: 'حقن',
  intravenous: 'حقن وريدي',
  intramuscular: 'حقن عضلي',
  subcutaneous: 'حقن تحت الجلد',
  intradermal: 'حقن داخل الجلد',
  intrathecal: 'حقن داخل القراب',
  epidural: 'حقن فوق الجافية',
  'intra-articular': 'حقن داخل المفصل',
  intravitreal: 'حقن داخل الجسم الزجاجي',
  intraperitoneal: 'داخل الصفاق',
  intravesical: 'داخل المثانة',
  intrauterine: 'داخل الرحم',
  urethral: 'عبر الإحليل',
  dental: 'للأسنان',
  dialysis: 'غسيل كلوي',
  irrigation: 'إرواء',
};

/** Forms by the Arabic word a pharmacist uses; a form without an entry is shown in English. */
const FORMS_AR: Readonly<Record<string, string>> = {
  tablet: 'أقراص',
  'film-coated tablet': 'أقراص مغلفة',
  'chewable tablet': 'أقراص للمضغ',
  'effervescent tablet': 'أقراص فوارة',
  'orodispersible tablet': 'أقراص تذوب في الفم',
  'sublingual tablet': 'أقراص تحت اللسان',
  'enteric-coated tablet': 'أقراص مغلفة معويا',
  'modified-release tablet': 'أقراص ممتدة المفعول',
  capsule: 'كبسولات',
  'enteric-coated capsule': 'كبسولات مغلفة معويا',
  'modified-release capsule': 'كبسولات ممتدة المفعول',
  'inhalation capsule': 'كبسولات استنشاق',
  lozenge: 'أقراص استحلاب',
  sachet: 'أكياس',
  granules: 'حبيبات',
  'effervescent granules': 'فوار',
  powder: 'بودرة',
  'milk powder': 'لبن بودرة',
  syrup: 'شراب',
  suspension: 'معلق',
  solution: 'محلول',
  emulsion: 'مستحلب',
  drops: 'نقط',
  'eye drops': 'قطرة للعين',
  'eye ointment': 'مرهم للعين',
  'ear drops': 'نقط للأذن',
  'nasal drops': 'نقط للأنف',
  'nasal spray': 'بخاخ للأنف',
  'mouth spray': 'بخاخ للفم',
  mouthwash: 'غسول للفم',
  'oral gel': 'جل للفم',
  toothpaste: 'معجون أسنان',
  inhaler: 'بخاخ استنشاق',
  'nebuliser solution': 'محلول استنشاق',
  injection: 'حقن',
  'solution for infusion': 'محلول للتسريب الوريدي',
  'prefilled syringe': 'سرنجة معبأة',
  'prefilled pen': 'قلم حقن',
  cartridge: 'خرطوشة',
  suppository: 'لبوس',
  enema: 'حقنة شرجية',
  'rectal ointment': 'مرهم شرجي',
  pessary: 'لبوس مهبلي',
  'vaginal tablet': 'أقراص مهبلية',
  'vaginal capsule': 'كبسولات مهبلية',
  'vaginal cream': 'كريم مهبلي',
  'vaginal wash': 'غسول مهبلي',
  'vaginal ring': 'حلقة مهبلية',
  cream: 'كريم',
  ointment: 'مرهم',
  gel: 'جل',
  emulgel: 'إيمولجل',
  lotion: 'لوشن',
  paste: 'معجون',
  serum: 'سيروم',
  spray: 'بخاخ',
  oil: 'زيت',
  paint: 'دهان',
  mask: 'قناع',
  balm: 'بلسم',
  stick: 'ستيك',
  'roll-on': 'رول أون',
  'topical solution': 'محلول موضعي',
  shampoo: 'شامبو',
  conditioner: 'بلسم شعر',
  soap: 'صابون',
  cleanser: 'غسول',
  patch: 'لصقة',
  plaster: 'لاصق',
  wipes: 'مناديل',
  'tea bag': 'شاي',
  'intrauterine device': 'لولب',
  kit: 'مجموعة',
  'medicinal gas': 'غاز طبي',
  implant: 'غرسة',
  'oral solution': 'محلول للشرب',
  'oral powder': 'بودرة للشرب',
  'modified-release suspension': 'معلق ممتد المفعول',
  'ear ointment': 'مرهم للأذن',
  'nasal ointment': 'مرهم للأنف',
  'rectal foam': 'رغوة شرجية',
  'urethral suppository': 'لبوس إحليلي',
  'inhalation liquid': 'سائل استنشاق',
  'dialysis solution': 'محلول غسيل كلوي',
  'irrigation solution': 'محلول إرواء',
  'topical suspension': 'معلق موضعي',
  'chewing gum': 'علكة',
  foam: 'رغوة',
  tincture: 'صبغة',
};

const FAMILIES: ReadonlyMap<string, FormFamily> = new Map(
  FORM_RULES.map(({ form, family }) => [form, family]),
);

/** An entry of a list the catalogue refers to by name. */
export interface ListWord {
  name: string;
  nameAr: string | null;
  /** Dosage forms only. */
  family: string | null;
}

/** A dosage form as the list keeps it. */
export function formWord(form: string): ListWord {
  return { name: form, nameAr: own(FORMS_AR, form) ?? null, family: FAMILIES.get(form) ?? 'other' };
}

/** A route as the list keeps it. */
export function routeWord(route: string): ListWord {
  const known = ROUTES.find((name) => name === route);
  return { name: route, nameAr: known === undefined ? null : ROUTES_AR[known], family: null };
}
