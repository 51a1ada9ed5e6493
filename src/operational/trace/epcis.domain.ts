import type { TraceEvent, TraceKind } from './trace.types.js';

/** What an event means in the Core Business Vocabulary: what was done, and how the pack stands after it. */
interface Meaning {
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE';
  readonly bizStep: string;
  readonly disposition: string;
}

/** A pack of which something is left after a part was given is partially dispensed; the last part decommissions it. */
function meaningOf(kind: Exclude<TraceKind, 'correction'>, isEmpty: boolean): Meaning {
  const meanings: Readonly<Record<Exclude<TraceKind, 'correction'>, Meaning>> = {
    receive: { action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress' },
    arrive: { action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress' },
    dispense: isEmpty
      ? { action: 'DELETE', bizStep: 'dispensing', disposition: 'dispensed' }
      : { action: 'OBSERVE', bizStep: 'dispensing', disposition: 'partially_dispensed' },
    return: { action: 'OBSERVE', bizStep: 'receiving', disposition: 'returned' },
    supplier_return: { action: 'OBSERVE', bizStep: 'shipping', disposition: 'returned' },
    ship: { action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
    destroy: { action: isEmpty ? 'DELETE' : 'OBSERVE', bizStep: 'destroying', disposition: 'destroyed' },
    stolen: { action: 'OBSERVE', bizStep: 'inspecting', disposition: 'stolen' },
    missing: { action: 'OBSERVE', bizStep: 'cycle_counting', disposition: 'unknown' },
    sample: { action: 'OBSERVE', bizStep: 'sampling', disposition: isEmpty ? 'inactive' : 'in_progress' },
    use: { action: isEmpty ? 'DELETE' : 'OBSERVE', bizStep: 'decommissioning', disposition: 'inactive' },
  };
  return meanings[kind];
}

/** A pack as GS1 Digital Link, which EPCIS 2.0 takes in the place of a URN and which needs no length of company prefix. */
export const packUri = ({ gtin, serial }: Pick<TraceEvent, 'gtin' | 'serial'>): string =>
  `https://id.gs1.org/01/${gtin}/21/${encodeURIComponent(serial).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;

const placeUri = (gln: string): string => `https://id.gs1.org/414/${gln}`;

/** Identity of an event in all files: the same batch given out twice tells nothing twice. */
const eventUri = (gln: string, traceEventId: number): string =>
  `https://id.gs1.org/414/${gln}#event-${traceEventId}`;

function body(event: TraceEvent, kind: Exclude<TraceKind, 'correction'>) {
  const isEmpty = /^0(\.0+)?$/.test(event.remaining);
  return {
    type: 'ObjectEvent',
    eventTimeZoneOffset: '+00:00',
    epcList: [packUri(event)],
    ...meaningOf(kind, isEmpty),
    readPoint: { id: placeUri(event.gln) },
    bizLocation: { id: placeUri(event.gln) },
    'cbvmda:lotNumber': event.lotNumber,
    ...(event.expiryDate === null ? {} : { 'cbvmda:itemExpirationDate': event.expiryDate }),
    'meditory:quantity': event.quantity,
    'meditory:remaining': event.remaining,
  };
}

/**
 * A batch as EPCIS 2.0 document (JSON-LD): an ObjectEvent an event. A correction is the event it declares an error, with the same eventID
 * and an errorDeclaration. Lot and expiry are fields of the event: `ilmd` is for who makes packs (EPCIS 2.0, ObjectEvent: not with OBSERVE
 * or DELETE). `quantity` and `remaining` are base units, in a namespace of our own.
 */
export function epcisDocument(
  events: readonly TraceEvent[],
  { createdAt }: { readonly createdAt: Date },
): Record<string, unknown> {
  return {
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { cbvmda: 'https://ref.gs1.org/cbv/', meditory: 'https://meditory.org/trace#' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: createdAt.toISOString(),
    epcisBody: {
      eventList: events.map((event) => {
        if (event.kind !== 'correction')
          return {
            ...body(event, event.kind),
            eventID: eventUri(event.gln, event.traceEventId),
            eventTime: event.occurredAt.toISOString(),
            recordTime: event.recordedAt.toISOString(),
          };
        const corrected =
          event.correctsKind === null || event.correctsKind === 'correction' ? 'receive' : event.correctsKind;
        return {
          ...body(event, corrected),
          eventID: eventUri(event.gln, event.correctsEventId ?? 0),
          eventTime: (event.correctsOccurredAt ?? event.occurredAt).toISOString(),
          errorDeclaration: {
            declarationTime: event.occurredAt.toISOString(),
            reason: 'incorrect_data',
            'meditory:reason': event.reason,
          },
        };
      }),
    },
  };
}
