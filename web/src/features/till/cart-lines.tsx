import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconBarcode, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../../ui/decimal-input';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import type { PricedSale } from '../../api/types';
import { EmptyView } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useUnitName } from '../shared/unit-text';
import {
  type Cart,
  type CartLine,
  type DrugLine,
  borneOf,
  type SaleUnit,
  lineFault,
  lineTotal,
  removeLine,
  setDiscount,
  setQuantity,
  setUnit,
  unitsOf,
} from './cart.domain';
import { PricedLineNote } from './priced-parts';
import classes from './till.module.css';

interface CartLinesProps {
  cart: Cart;
  change: (change: (cart: Cart) => Cart) => void;
  /** What the server says of the lines, in their order. */
  priced: PricedSale | undefined;
}

/** The basket's lines; the active one is marked and is what + − Del and Alt+U act on. */
export function CartLines({ cart, change, priced }: CartLinesProps) {
  const { t } = useTranslation();
  if (cart.lines.length === 0) {
    return (
      <div className={classes['lines']}>
        <EmptyView title={t('till.empty')} hint={t('till.emptyHint')} icon={IconBarcode} />
      </div>
    );
  }
  return (
    <div className={classes['lines']}>
      <table className={classes['lineTable']} aria-label={t('till.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('till.item')}</th>
            <th scope="col">{t('till.quantity')}</th>
            <th scope="col">{t('till.unit')}</th>
            <th scope="col">{t('till.discount')}</th>
            <th scope="col" className={classes['end']}>
              {t('till.amount')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('till.removeLine')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cart.lines.map((line, index) => (
            <tr
              key={line.id}
              className={line.id === cart.active ? classes['active'] : undefined}
              aria-current={line.id === cart.active ? 'true' : undefined}
              onFocus={() =>
                change((before) => (before.active === line.id ? before : { ...before, active: line.id }))
              }
            >
              <LineCells line={line} cart={cart} change={change} priced={priced?.items[index]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(line: CartLine): string {
  return line.kind === 'fill' ? line.name : line.drug.name;
}

interface CellsProps<Line> {
  line: Line;
  cart: Cart;
  change: CartLinesProps['change'];
}

type Priced = PricedSale['items'][number] | undefined;

function LineCells({ line, cart, change, priced }: CellsProps<CartLine> & { priced: Priced }) {
  const { t } = useTranslation();
  const name = nameOf(line);
  return (
    <>
      <td className={classes['name']}>
        <bdi>{name}</bdi>{' '}
        {line.kind === 'fill' && <StatusBadge tone="info">{t('till.prescriptionLine')}</StatusBadge>}
        {line.kind === 'fill' && borneOf(line) > 0n && (
          <div className={classes['share']}>
            <bdi>{line.payerNames.join(' + ')}</bdi> <MoneyText value={formatMoney(borneOf(line))} /> ·{' '}
            {t('till.patientPays')} <MoneyText value={line.patientShare} strong />
          </div>
        )}
        {priced && (priced.promotions.length > 0 || decimalOrZero(priced.tax) > 0n) && (
          <PricedLineNote opened line={priced} />
        )}
      </td>
      {line.kind === 'fill' ? (
        <FillCells quantity={line.quantity} unit={line.baseUnit} />
      ) : (
        <DrugCells line={line} cart={cart} change={change} />
      )}
      <td className={classes['end']}>
        <MoneyText value={priced?.lineTotal ?? formatMoney(lineTotal(line, cart))} strong />
      </td>
      <td className={classes['end']}>
        <ActionIcon
          aria-label={t('till.removeNamed', { name })}
          onClick={() => change((before) => removeLine(before, line.id))}
        >
          <IconTrash size={18} />
        </ActionIcon>
      </td>
    </>
  );
}

function FillCells({ quantity, unit }: { quantity: string; unit: string }) {
  const nameOfUnit = useUnitName();
  return (
    <>
      <td>
        <QuantityText value={quantity} />
      </td>
      <td>
        <bdi>{nameOfUnit(unit, quantity)}</bdi>
      </td>
      <td />
    </>
  );
}

function DrugCells({ line, cart, change }: CellsProps<DrugLine>) {
  const nameOfUnit = useUnitName();
  const { t } = useTranslation();
  const fault = lineFault(line, cart);
  const units = unitsOf(line.drug);
  return (
    <>
      <td>
        <DecimalInput
          aria-label={t('till.quantityOf', { name: line.drug.name })}
          value={line.quantity}
          onChange={(value) => change((before) => setQuantity(before, line.id, value))}
          error={fault === 'quantity'}
          w={80}
          size="sm"
          data-line={line.id}
          data-field="quantity"
        />
      </td>
      <td>
        <NativeSelect
          aria-label={t('till.unitOf', { name: line.drug.name })}
          value={line.unit}
          onChange={(event) => {
            const unit = units.find((one) => one === event.currentTarget.value);
            if (unit) change((before) => setUnit(before, line.id, unit));
          }}
          data={units.map((unit: SaleUnit) => ({
            value: unit,
            label: unit === 'unit' ? nameOfUnit(line.drug.baseUnit) : t(`unit.${unit}`),
          }))}
          w={120}
          size="sm"
        />
      </td>
      <td>
        <DecimalInput
          aria-label={t('till.discountOf', { name: line.drug.name })}
          value={line.discount}
          onChange={(value) => change((before) => setDiscount(before, line.id, value))}
          error={fault === 'discount'}
          placeholder="0.00"
          w={90}
          size="sm"
          data-line={line.id}
          data-field="discount"
        />
      </td>
    </>
  );
}
