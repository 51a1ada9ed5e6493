import { TextInput, type TextInputProps } from '@mantine/core';
import type { Ref } from 'react';
import { cleanDecimalInput } from './money.domain';

interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
}

/** A field for money or a quantity: the value stays text, Arabic-Indic digits become Latin, nothing is a float. */
export function DecimalInput({ value, onChange, ...rest }: DecimalInputProps) {
  return (
    <TextInput
      inputMode="decimal"
      {...rest}
      value={value}
      onChange={(event) => onChange(cleanDecimalInput(event.currentTarget.value))}
      dir="ltr"
    />
  );
}
