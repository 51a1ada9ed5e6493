import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fill, PrescriptionDetail } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import classes from './dispensing.module.css';

/** The strength, unless the name says it already. */
function strengthBeside({ drugName, strength }: Pick<Fill, 'drugName' | 'strength'>): string | undefined {
  const compact = (text: string) => text.replace(/\s/g, '').toLowerCase();
  return strength === null || compact(drugName).includes(compact(strength)) ? undefined : strength;
}

/** Product, strength and quantity so large that they are read from the shelf; whose it is, and how it is taken. */
export function DrugHead({
  drug,
  quantity,
  prescription,
}: {
  drug: Pick<Fill, 'drugName' | 'strength' | 'baseUnit'>;
  quantity: string;
  prescription: PrescriptionDetail;
}) {
  const { i18n } = useTranslation();
  const { patientName: name, patientNameAr: nameAr } = prescription;
  const strength = strengthBeside(drug);
  return (
    <div>
      <h2 className={classes['drug']}>
        <MixedText text={drug.drugName} />{' '}
        {strength !== undefined && (
          <span className={classes['strength']}>
            <Ltr>{strength}</Ltr>
          </span>
        )}
      </h2>
      <Group gap="lg" align="baseline">
        <span className={classes['quantity']}>
          <QuantityIn value={quantity} unit={drug.baseUnit} />
        </span>
        <Text>
          <strong>
            <bdi>{localName({ name, nameAr }, i18n.language)}</bdi>
          </strong>{' '}
          · <bdi>{prescription.sig}</bdi>
        </Text>
      </Group>
    </div>
  );
}
