import { TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CashDenominations } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { cleanDecimalInput, decimalOrZero, formatDecimal, formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { cleanPieces, type PiecesTyped, worthOf } from './pieces.domain';
import classes from './shift.module.css';

interface PiecesFieldsProps {
  denominations: CashDenominations['data'];
  typed: PiecesTyped;
  onChange: (typed: PiecesTyped) => void;
}

/** Enter and the arrows go through the fields, so that one hand counts and the other types. */
function moveOn(event: KeyboardEvent<HTMLInputElement>): void {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const fields = [...(event.currentTarget.closest('table')?.querySelectorAll('input') ?? [])];
  const next = fields[fields.indexOf(event.currentTarget) + step];
  // Enter in the last field does what it does in every form.
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}

/** How many of each note and coin, the largest first, with what they are worth. */
export function PiecesFields({ denominations, typed, onChange }: PiecesFieldsProps) {
  const { t } = useTranslation();
  return (
    <table className={classes['pieces']}>
      <thead>
        <tr>
          <th scope="col">{t('shift.denomination')}</th>
          <th scope="col">{t('shift.pieces')}</th>
          <th scope="col">{t('shift.worth')}</th>
        </tr>
      </thead>
      <tbody>
        {denominations.map(({ denomination, kind }, index) => {
          const face = formatDecimal(decimalOrZero(denomination));
          return (
            <tr key={denomination}>
              <th scope="row">
                <Ltr>{face}</Ltr> <span className={classes['kind']}>{t(`shift.kind.${kind}`)}</span>
              </th>
              <td>
                <TextInput
                  aria-label={t('shift.piecesOf', { value: face })}
                  inputMode="numeric"
                  dir="ltr"
                  w={96}
                  data-autofocus={index === 0 || undefined}
                  autoFocus={index === 0}
                  value={typed[denomination] ?? ''}
                  onKeyDown={moveOn}
                  onChange={(event) =>
                    onChange({
                      ...typed,
                      [denomination]: cleanPieces(cleanDecimalInput(event.currentTarget.value)),
                    })
                  }
                />
              </td>
              <td>
                <MoneyText value={formatMoney(worthOf({ [denomination]: typed[denomination] ?? '' }))} />
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t('shift.cashTotal')}
          </th>
          <td aria-live="polite" data-testid="pieces-total">
            <MoneyText value={formatMoney(worthOf(typed))} strong />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
