/** What an installation begins with: key, code, path, type, tender, English, Arabic. */
const ACCOUNTS: readonly (readonly [string, string, string, string, string | null, string, string])[] = [
  ['cash_drawer', '1010', 'Assets:Cash:Drawer', 'asset', 'cash', 'Cash in drawers', 'النقد في الأدراج'],
  ['safe', '1020', 'Assets:Cash:Safe', 'asset', null, 'Cash in the safe', 'النقد في الخزنة'],
  ['petty_cash', '1030', 'Assets:Cash:Petty', 'asset', null, 'Petty cash', 'العهدة النقدية'],
  ['bank', '1040', 'Assets:Bank', 'asset', null, 'Bank', 'البنك'],
  [
    'card_clearing',
    '1110',
    'Assets:Clearing:Card',
    'asset',
    'card',
    'Card payments to come',
    'مدفوعات بطاقات تحت التحصيل',
  ],
  [
    'mobile_clearing',
    '1120',
    'Assets:Clearing:Mobile',
    'asset',
    'mobile',
    'Mobile payments to come',
    'مدفوعات محافظ تحت التحصيل',
  ],
  [
    'insurance_receivable',
    '1130',
    'Assets:Receivable:Insurance',
    'asset',
    'insurance',
    'Owed by payers',
    'مستحق على جهات التأمين',
  ],
  [
    'customers',
    '1140',
    'Assets:Receivable:Customers',
    'asset',
    'account',
    'Owed by customers',
    'مستحق على العملاء',
  ],
  [
    'other_tenders',
    '1190',
    'Assets:Clearing:Other',
    'asset',
    null,
    'Other means of payment',
    'وسائل دفع أخرى',
  ],
  [
    'exchange_clearing',
    '1180',
    'Assets:Clearing:Exchange',
    'asset',
    'exchange',
    'Exchanges under way',
    'استبدالات تحت التسوية',
  ],
  ['inventory', '1310', 'Assets:Inventory', 'asset', null, 'Stock', 'المخزون'],
  [
    'stock_in_transit',
    '1320',
    'Assets:Inventory:InTransit',
    'asset',
    null,
    'Stock between branches',
    'مخزون في الطريق بين الفروع',
  ],
  [
    'compounding',
    '1330',
    'Assets:Inventory:Compounding',
    'asset',
    null,
    'Preparations in the making',
    'تحضيرات قيد التصنيع',
  ],
  [
    'stock_repacked',
    '1340',
    'Assets:Inventory:Repacked',
    'asset',
    null,
    'Stock repacked',
    'مخزون أُعيدت تعبئته',
  ],
  [
    'goods_returned',
    '1350',
    'Assets:Receivable:Suppliers',
    'asset',
    null,
    'Goods returned to suppliers',
    'بضاعة مرتجعة للموردين',
  ],
  ['vat_input', '1410', 'Assets:Tax:Input', 'asset', null, 'Tax paid to suppliers', 'ضريبة المدخلات'],
  [
    'credit_notes',
    '2140',
    'Liabilities:CreditNotes',
    'liability',
    'credit_note',
    'Credit notes of customers',
    'إشعارات دائنة للعملاء',
  ],
  [
    'goods_received',
    '2010',
    'Liabilities:GoodsReceived',
    'liability',
    null,
    'Goods received, not invoiced',
    'بضاعة واردة لم تُفوتر',
  ],
  ['payables', '2020', 'Liabilities:Suppliers', 'liability', null, 'Owed to suppliers', 'مستحق للموردين'],
  ['vat_output', '2110', 'Liabilities:Tax:Output', 'liability', null, 'Tax on sales', 'ضريبة المخرجات'],
  ['sales', '4010', 'Income:Sales', 'income', null, 'Sales', 'المبيعات'],
  ['discounts', '4020', 'Income:Discounts', 'income', null, 'Discounts given', 'الخصومات الممنوحة'],
  [
    'loyalty_points',
    '4025',
    'Income:LoyaltyPoints',
    'income',
    'points',
    'Points taken in payment',
    'نقاط مستبدلة',
  ],
  ['cash_rounding', '4030', 'Income:Rounding', 'income', null, 'Cash rounding', 'تقريب النقد'],
  [
    'cost_of_goods_sold',
    '5010',
    'Expenses:CostOfGoods',
    'expense',
    null,
    'Cost of goods sold',
    'تكلفة البضاعة المباعة',
  ],
  [
    'purchase_costs',
    '5020',
    'Expenses:PurchaseCosts',
    'expense',
    null,
    'Freight and other costs of purchasing',
    'الشحن وتكاليف الشراء الأخرى',
  ],
  [
    'stock_differences',
    '5110',
    'Expenses:Stock:Differences',
    'expense',
    null,
    'Stock differences',
    'فروق المخزون',
  ],
  [
    'stock_written_off',
    '5120',
    'Expenses:Stock:WrittenOff',
    'expense',
    null,
    'Stock written off',
    'مخزون مشطوب',
  ],
  [
    'over_short',
    '5210',
    'Expenses:Cash:OverShort',
    'expense',
    null,
    'Cash over and short',
    'زيادة وعجز النقد',
  ],
  [
    'account_corrections',
    '5220',
    'Expenses:Accounts:Corrections',
    'expense',
    null,
    'Customer accounts put right',
    'تسويات حسابات العملاء',
  ],
  ['suspense', '9990', 'Equity:Suspense', 'equity', null, 'To be cleared', 'حساب معلق'],
];

const literal = (text: string | null): string => (text === null ? 'null' : `'${text.replaceAll("'", "''")}'`);

/** The chart of accounts: which accounts there are is the journal's to say, what they are called is the pharmacy's. */
export const JOURNAL_ACCOUNTS = `
create table operational.journal_accounts ( -- Accounts the journal posts to. Their keys are fixed; code, path and names are the pharmacy's own.
  account_key text primary key check (account_key ~ '^[a-z_]{2,40}$'), -- What the journal calls it.
  code text not null constraint journal_accounts_code_key unique check (code ~ '^[A-Za-z0-9.-]{1,20}$'), -- Number in the pharmacy's chart.
  path text not null constraint journal_accounts_path_key unique check (path ~ '^(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z][A-Za-z0-9-]*)+$'), -- Name in plain-text accounting.
  type text not null check (type in ('asset', 'liability', 'equity', 'income', 'expense')), -- Side of the books.
  tender text constraint journal_accounts_tender_key unique, -- The tender that is posted to it; null: none.
  name text not null check (length(btrim(name)) between 1 and 100), -- Name in English.
  name_ar text not null check (length(btrim(name_ar)) between 1 and 100), -- Name in Arabic.
  version integer not null default 1, -- Rises by one with each edit.
  constraint journal_accounts_side_check check (split_part(path, ':', 1) = case type when 'asset' then 'Assets' when 'liability' then 'Liabilities' when 'equity' then 'Equity' when 'income' then 'Income' else 'Expenses' end)
);
insert into operational.journal_accounts (account_key, code, path, type, tender, name, name_ar) values
${ACCOUNTS.map((row) => `  (${row.map(literal).join(', ')})`).join(',\n')};
call operational.attach_row_audit('journal_accounts', 'account_key');
grant select, update (code, path, name, name_ar, version) on operational.journal_accounts to pharmacy_app;
grant select on operational.journal_accounts to pharmacy_reporting;
`;
