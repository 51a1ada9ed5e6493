import { useTranslation } from 'react-i18next';
import type {
  DrugDetail,
  DrugHit,
  DrugIngredient,
  IngredientAmount,
  NamedEntry,
  Patient,
} from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';

/** A patient's or prescriber's name in the language of the interface where it is known, else as entered. */
export function personName(
  person: Pick<Patient, 'firstName' | 'lastName' | 'firstNameAr' | 'lastNameAr'>,
  language: string,
): string {
  const arabic = [person.firstNameAr, person.lastNameAr].filter((part) => part !== null && part !== '');
  if (language === 'ar' && arabic.length > 0) return arabic.join(' ');
  return `${person.firstName} ${person.lastName}`;
}

/** Hook form of `personName`. */
export function usePersonName(): (
  person: Pick<Patient, 'firstName' | 'lastName' | 'firstNameAr' | 'lastNameAr'>,
) => string {
  const { i18n } = useTranslation();
  return (person) => personName(person, i18n.language);
}

/** Name of an ingredient or group in the language of the interface. */
export function localName(named: Pick<NamedEntry, 'name' | 'nameAr'>, language: string): string {
  return language === 'ar' && named.nameAr ? named.nameAr : named.name;
}

/** "amoxicillin 500 mg + clavulanic acid 125 mg", or that no ingredient is known. */
export function IngredientsText({ ingredients }: { ingredients: readonly IngredientAmount[] }) {
  const { t } = useTranslation();
  if (ingredients.length === 0) return <span>{t('drugs.ingredientsUnknown')}</span>;
  const text = ingredients.map((one) => (one.amount ? `${one.name} ${one.amount}` : one.name)).join(' + ');
  return <Ltr>{text}</Ltr>;
}

/** "875 mg" or "250 mg/5 ml"; undefined when the amount is not known. */
export function amountOf(ingredient: DrugIngredient): string | undefined {
  if (ingredient.amount === null) return undefined;
  const amount = [ingredient.amount, ingredient.unit].filter((part) => part !== null).join(' ');
  if (ingredient.perUnit === null) return amount;
  return `${amount}/${ingredient.perAmount === null ? '' : `${ingredient.perAmount} `}${ingredient.perUnit}`;
}

/** A drug's page as a search hit, so that pickers can start with it chosen. */
export function toHit(drug: DrugDetail): DrugHit {
  return {
    ...drug,
    company: drug.company?.name ?? null,
    category: drug.category?.name ?? null,
    ingredients: drug.ingredients.map((one) => ({ name: one.name, amount: amountOf(one) ?? null })),
    match: { kind: null, highlights: [] },
  };
}

/** Name of a product as on the pack; its strength and form stay in order inside Arabic text. */
export function DrugName({ drug }: { drug: Pick<DrugHit, 'name'> }) {
  return <MixedText text={drug.name} />;
}
