import type { EInvoicePort, InvoiceFacts } from './e-invoice.types.js';

/** A number is kept as its digits, so that what is hashed is what is written. */
interface Decimal {
  readonly digits: string;
}
type Node = string | Decimal | readonly Node[] | { readonly [name: string]: Node };

const isDecimal = (node: Node): node is Decimal => typeof node === 'object' && 'digits' in node;
const isList = (node: Node): node is readonly Node[] => Array.isArray(node);

const decimal = (text: string): Decimal => ({
  digits: text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text,
});

function toJson(node: Node): string {
  if (typeof node === 'string') return JSON.stringify(node);
  if (isDecimal(node)) return node.digits;
  if (isList(node)) return `[${node.map(toJson).join(',')}]`;
  return `{${Object.entries(node)
    .map(([name, value]) => `${JSON.stringify(name)}:${toJson(value)}`)
    .join(',')}}`;
}

/**
 * The text the identity of an e-receipt is hashed from: every name in capitals and every value, each in quotes, in the order of the document; the
 * name of a list stands before the list and before each of its entries. Source: sdk.invoicing.eta.gov.eg, serialization of receipts, public.
 */
export function serialized(node: Node): string {
  if (typeof node === 'string') return `"${node}"`;
  if (isDecimal(node)) return `"${node.digits}"`;
  if (isList(node)) return node.map(serialized).join('');
  return Object.entries(node)
    .map(([name, value]) => {
      const quoted = `"${name.toUpperCase()}"`;
      if (!isList(value) || isDecimal(value)) return quoted + serialized(value);
      return quoted + value.map((one) => quoted + serialized(one)).join('');
    })
    .join('');
}

/** The document of an e-receipt, version 1.2, as far as a sale knows its fields. */
function receipt(facts: InvoiceFacts, uuid: string): { readonly [name: string]: Node } {
  return {
    header: {
      dateTimeIssued: facts.issuedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
      receiptNumber: facts.documentNumber,
      uuid,
      previousUUID: '',
      ...(facts.kind === 'return' ? { referenceUUID: '' } : { referenceOldUUID: '' }),
      currency: facts.currency,
    },
    documentType: { receiptType: facts.kind === 'sale' ? 'S' : 'R', typeVersion: '1.2' },
    seller: { rin: facts.taxNumber, companyTradeName: facts.sellerName, branchCode: facts.branchCode },
    buyer: { type: 'P' },
    itemData: facts.lines.map((line) => ({
      internalCode: line.code,
      description: line.description,
      itemType: 'EGS',
      itemCode: line.code,
      unitType: 'EA',
      quantity: decimal(line.quantity),
      totalSale: decimal(line.amount),
      commercialDiscountData: [{ amount: decimal(line.discount), description: 'discount' }],
      taxableItems: [{ taxType: 'T1', amount: decimal(line.tax) }],
      total: decimal(line.total),
    })),
    totalCommercialDiscount: decimal(facts.discount),
    totalAmount: decimal(facts.total),
    taxTotals: [{ taxType: 'T1', amount: decimal(facts.tax) }],
    paymentMethod: facts.isCash ? 'C' : 'O',
  };
}

/** Where the Egyptian authority shows a receipt it was sent. */
const SHOWN_AT = 'https://invoicing.eta.gov.eg/receipts/search';

/**
 * The e-receipt of the Egyptian Tax Authority: a JSON document named by the SHA-256 of itself without its name, and a code that leads to where the
 * authority shows it. Device, activity and the receipt before it are entered at registration and left empty here: the document is prepared,
 * not sent. `sha256` answers lower-case hexadecimal digits of UTF-8 text.
 */
export const eta = (sha256: (text: string) => string): EInvoicePort => ({
  scheme: 'eta',
  make: (facts) => {
    const uuid = sha256(serialized(receipt(facts, '')));
    const issued = facts.issuedAt.toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      scheme: 'eta',
      code: `${SHOWN_AT}/${uuid}/share/${issued}#Total:${facts.total},IssuerRIN:${facts.taxNumber}`,
      document: toJson(receipt(facts, uuid)),
    };
  },
});
