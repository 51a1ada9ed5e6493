import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { PACK_REFUSALS, type PackRefusal } from './serials.types.js';

const WHY: Readonly<Record<PackRefusal, string>> = {
  unknown: 'Nobody received this pack here.',
  'seen-twice': 'Another pack with this serial was seen. One of them is not what it says.',
  'sold-out': 'This pack was dispensed already.',
  returned: 'This pack went back to its supplier.',
  quarantined: 'This pack is set aside.',
  destroyed: 'This pack was destroyed.',
  stolen: 'This pack is reported stolen or missing.',
  shipped: 'This pack is on its way to another branch.',
  elsewhere: 'This pack is in the stock of another branch.',
  'on-hold': 'The lot of this pack is on hold.',
  recalled: 'The lot of this pack is called back.',
  expired: 'This pack is expired.',
  'other-product': 'This pack is of another product.',
  'no-serial': 'The code of this pack has no serial.',
  'not-next': 'Another lot goes first: take a pack of that.',
  'not-needed': 'The packs scanned before it give all that is sold.',
};

/** 422: this pack may not leave to a patient; `params.reason` says why, and `params.lots` which lots go first. */
export class PackRefused extends DomainError {
  readonly code = 'pack-refused';
  readonly status = 422;
  readonly title = 'Do not give this pack';
  constructor(params: {
    readonly reason: PackRefusal;
    readonly gtin?: string | null;
    readonly serial?: string | null;
    readonly lots?: readonly string[];
  }) {
    super(`STOP. ${WHY[params.reason]}`, params);
  }
}

/** 422: what is known by its serial leaves only when it was scanned; the branch asks for it. */
export class PackScanRequired extends DomainError {
  readonly code = 'pack-scan-required';
  readonly status = 422;
  readonly title = 'Scan the pack';
  constructor() {
    super('What is left of this lot lies in packs with serials: scan the pack it is taken from.');
  }
}

/** 409: events of packs wait too long; nothing with a serial is dispensed until they are accepted. */
export class TraceLate extends DomainError {
  readonly code = 'trace-late';
  readonly status = 409;
  readonly title = 'Events wait too long';
  constructor() {
    super(
      'Events of packs have waited longer than the law allows. Give them out, and note that they were accepted.',
    );
  }
}

/** 409: a pack with less left than is taken, or a lot with less than its packs: somebody else was faster. */
export class PackShort extends DomainError {
  readonly code = 'pack-short';
  readonly status = 409;
  readonly title = 'Not so much left in the pack';
  constructor() {
    super('There is not so much left in this pack, or in the lot beside its known packs.');
  }
}

/** 409: a pack whose serial was seen twice stays set aside. */
export class PackSetAside extends DomainError {
  readonly code = 'pack-set-aside';
  readonly status = 409;
  readonly title = 'Set aside';
  constructor() {
    super('A pack whose serial was seen twice is given free by nobody: return it or destroy it.');
  }
}

/** 409: the pack was entered before; scanned in with a delivery it is set aside. */
export class PackKnown extends DomainError {
  readonly code = 'pack-known';
  readonly status = 409;
  readonly title = 'Known already';
  constructor() {
    super('A pack with this GTIN and serial is known already. Set aside the one you have in hand.');
  }
}

const isRefusal = (text: string | undefined): text is PackRefusal =>
  PACK_REFUSALS.some((reason) => reason === text);

registerRefusals({
  MD190: () => new PackKnown(),
  MD191: () => new PackShort(),
  MD192: ({ detail }) => {
    const reason = detail?.replaceAll('_', '-');
    return new PackRefused({ reason: isRefusal(reason) ? reason : 'quarantined' });
  },
  MD193: () => new TraceLate(),
  MD194: () => new PackShort(),
  MD195: () => new PackSetAside(),
  MD196: () => new PackScanRequired(),
});
