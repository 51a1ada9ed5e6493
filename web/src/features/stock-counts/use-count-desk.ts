import { useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../../api/problem';
import type { BarcodeAnswer, CountLine, DrugHit, EnterStockCounts } from '../../api/types';
import { announce } from '../../ui/announcer';
import { cleanZeros } from '../../ui/money.domain';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { useCountLookup, useEnterCount } from './count-queries';
import {
  afterScan,
  type CountTarget,
  isSamePack,
  type PackRead,
  targetOf,
  unitsPerScan,
} from './count-target.domain';

type Target = CountTarget<CountLine>;

/** What is read from a pack whose lot the count does not know. */
export interface FoundFields {
  readonly lotNumber: string;
  readonly expiryDate: string;
  /** No expiry is printed on it. */
  readonly hasNoExpiry: boolean;
  readonly unitCost: string;
}

const NO_FIELDS: FoundFields = { lotNumber: '', expiryDate: '', hasNoExpiry: false, unitCost: '' };

const packOf = ({ drug, barcode, lotNumber, expiryDate }: BarcodeAnswer, code: string): PackRead => ({
  drugId: drug.drugId,
  drugName: drug.name,
  baseUnit: drug.baseUnit,
  code,
  perScan: unitsPerScan(barcode.packLevel, drug.unitsPerPack),
  lotNumber,
  expiryDate,
});

const drugIdOf = (target: Target): number =>
  target.kind === 'line' ? target.line.drugId : target.pack.drugId;

/** What is sent of a target; undefined while something of it is not known yet. */
function itemOf(
  target: Target | undefined,
  text: string,
  fields: FoundFields,
): EnterStockCounts['items'][number] | undefined {
  if (target === undefined || target.kind === 'choose' || text === '') return undefined;
  const counted = cleanZeros(text);
  if (target.kind === 'line') return { lotId: target.line.lotId, counted };
  const { pack } = target;
  const lotNumber = pack.lotNumber ?? fields.lotNumber.trim();
  const expiryDate = pack.expiryDate ?? (fields.hasNoExpiry ? null : fields.expiryDate);
  if (lotNumber === '' || expiryDate === '') return undefined;
  const named = { lotNumber, expiryDate, counted };
  const cost = fields.unitCost === '' ? {} : { unitCost: fields.unitCost };
  return pack.code === undefined
    ? { drugId: pack.drugId, ...named, ...cost }
    : { code: pack.code, ...named, ...cost };
}

/**
 * The place where one counts: what is in hand, how much of it, and what a scan, a search or a key does to that. `next` is in hand while
 * nothing else is. Whatever takes its place first keeps what was counted.
 */
export function useCountDesk(countId: number, next: CountLine | undefined) {
  const { t } = useTranslation();
  const lookup = useCountLookup(countId);
  const enter = useEnterCount(countId);
  const [chosen, setChosen] = useState<Target>();
  const [quantity, setQuantity] = useState('');
  const [fields, setFields] = useState(NO_FIELDS);
  const [problem, setProblem] = useState<Problem>();
  const target: Target | undefined = chosen ?? (next && { kind: 'line', line: next, pack: undefined });
  const item = itemOf(target, quantity, fields);

  /** At once, not at the next render: the scan after this one is judged by it. */
  function show(shown: Target | undefined, text: string): void {
    flushSync(() => {
      setChosen(shown);
      setQuantity(text);
      setFields(NO_FIELDS);
      setProblem(undefined);
      enter.reset();
    });
  }

  function refuse(refused: Problem): void {
    beep('refused');
    setProblem(refused);
  }

  async function save(): Promise<boolean> {
    if (item === undefined || enter.isPending) return false;
    try {
      const { lines } = await enter.mutateAsync(item);
      beep('ok');
      announce(t(lines.some((line) => line.mustRecount) ? 'counts.keptAgain' : 'counts.kept'));
      show(undefined, '');
      return true;
    } catch (error) {
      refuse(asProblem(error));
      return false;
    }
  }

  const now = useRef({ target, quantity, save });
  useLayoutEffect(() => {
    now.current = { target, quantity, save };
  });

  /** Puts something else in hand, once what is there was kept. */
  async function go(find: () => Promise<Target> | Target, text = ''): Promise<void> {
    if (now.current.quantity !== '' && !(await now.current.save())) return;
    try {
      const found = await find();
      if (found.kind !== 'line')
        announce(t(found.kind === 'choose' ? 'counts.whichLot' : 'counts.notInBook'));
      show(found, found.kind === 'choose' ? '' : text);
    } catch (error) {
      refuse(asProblem(error));
    }
  }

  const find = async (pack: PackRead): Promise<Target> =>
    targetOf(pack, (await lookup.linesOf(pack.drugId)).page.data);

  async function takeScan(code: string): Promise<void> {
    let pack: PackRead;
    try {
      pack = packOf(await lookup.barcode(code), code);
    } catch (error) {
      refuse(asProblem(error));
      return;
    }
    const { target: held, quantity: text } = now.current;
    if (held && text !== '' && isSamePack(held, pack, drugIdOf(held))) {
      const sum = afterScan(text, pack.perScan);
      flushSync(() => setQuantity(sum));
      beep('ok');
      announce(sum);
      return;
    }
    await go(async () => {
      const found = await find(pack);
      beep(found.kind === 'line' ? 'ok' : 'refused');
      return found;
    }, pack.perScan ?? '');
  }

  // One after the other: a scanner is faster than the answers.
  const scans = useRef(Promise.resolve());
  useScan((code) => {
    scans.current = scans.current.then(() => takeScan(code));
  });

  return {
    target,
    quantity,
    fields,
    /** Why it was not kept, or not found. */
    problem,
    isSaving: enter.isPending,
    isReady: item !== undefined,
    save: () => void save(),
    /** What is typed belongs to the lot that was in hand when it was. */
    write: (text: string) => {
      if (chosen === undefined && target) setChosen(target);
      setQuantity(text);
    },
    setFields: (change: Partial<FoundFields>) => setFields((before) => ({ ...before, ...change })),
    take: (line: CountLine) => void go(() => ({ kind: 'line', line, pack: undefined })),
    takeDrug: ({ drugId, name, baseUnit }: DrugHit) =>
      void go(() =>
        find({
          drugId,
          drugName: name,
          baseUnit,
          code: undefined,
          perScan: undefined,
          lotNumber: null,
          expiryDate: null,
        }),
      ),
    /** Answers which of several lots it is; none of them: one the count does not know. */
    choose: (line: CountLine | undefined) => {
      if (target?.kind !== 'choose') return;
      const { pack } = target;
      show(line ? { kind: 'line', line, pack } : { kind: 'found', pack }, '');
    },
    /** Lets go of what is in hand without keeping it. */
    drop: () => show(undefined, ''),
    keepFirst: async (then: () => void) => {
      if (quantity === '' || (await save())) then();
    },
  };
}

export type CountDesk = ReturnType<typeof useCountDesk>;
