import { Group, Text } from '@mantine/core';
import type { DrugHit, Patient } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { MoneyText } from '../../ui/money-text';
import { BirthText } from '../shared/birth-text';
import { AllergyStatusBadge } from '../shared/allergy-status-badge';
import { IngredientsText, usePersonName } from '../shared/names';
import { StockBadge } from '../shared/stock-badge';
import classes from './prescriptions.module.css';

interface WholeInputProps {
  label: string;
  required?: boolean;
  value: string;
  onChange: (value: string) => void;
  onFocus?: () => void;
  onBlur?: () => void;
}

/** A whole number of up to three digits. */
export function WholeInput({ onChange, ...rest }: WholeInputProps) {
  return (
    <DecimalInput
      {...rest}
      inputMode="numeric"
      maxLength={3}
      onChange={(value) => onChange(value.replaceAll('.', ''))}
    />
  );
}

/** Who was chosen, with what tells him from another of the same name. */
export function PatientStrip({ patient }: { patient: Patient }) {
  const nameOf = usePersonName();
  return (
    <Group gap={10} className={classes['strip']}>
      <Text size="sm" fw={600}>
        <bdi>{nameOf(patient)}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        <BirthText of={patient} />
      </Text>
      <AllergyStatusBadge status={patient.allergyStatus} />
    </Group>
  );
}

/** What was chosen: ingredients, stock, price. */
export function DrugStrip({ drug }: { drug: DrugHit }) {
  return (
    <Group gap={10} className={classes['strip']}>
      <Text size="sm" fw={600}>
        <IngredientsText ingredients={drug.ingredients} />
      </Text>
      <StockBadge stock={drug.stockOnHand} unit={drug.baseUnit} />
      <Text size="sm">
        <MoneyText value={drug.price} />
      </Text>
    </Group>
  );
}
