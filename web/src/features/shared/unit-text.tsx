import { useTranslation } from 'react-i18next';
import { QuantityText } from '../../ui/money-text';

/** Units the interface has words for; another one is shown as the catalogue writes it. */
export const UNITS = [
  'ampoule',
  'capsule',
  'cartridge',
  'dose',
  'film',
  'g',
  'lozenge',
  'ml',
  'patch',
  'pen',
  'piece',
  'sachet',
  'suppository',
  'syringe',
  'tablet',
  'unit',
  'vial',
] as const;

/** Name of a base unit in the language of the interface, in the form that goes with the quantity, else with one. */
export function useUnitName(): (unit: string, quantity?: string) => string {
  const { t } = useTranslation();
  return (unit, quantity = '1') => {
    const known = UNITS.find((one) => one === unit);
    return known === undefined ? unit : t(`baseUnit.${known}`, { count: Number.parseFloat(quantity) });
  };
}

/** "384 capsules". */
export function QuantityIn({ value, unit }: { value: string; unit: string }) {
  const nameOf = useUnitName();
  return (
    <>
      <QuantityText value={value} /> <bdi>{nameOf(unit, value)}</bdi>
    </>
  );
}
