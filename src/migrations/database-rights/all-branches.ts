/**
 * Functions that may be called and see the rows of every branch, and why the branches of their caller are not enough. Triggers see all
 * branches too and are not named here: they cannot be called, and an invariant that does not see a row lets it pass.
 */
export const ALL_BRANCHES: Readonly<Record<string, string>> = {
  'operational.claim_sale_attempt(integer, text)':
    'The key belongs to who sold offline, the posting to who supervises; it answers a number of a sale or nothing.',
  'operational.close_sales_days(integer)': 'Sums every branch from a job; it answers how many days.',
  'operational.close_sales_months()': 'Sums every branch from a job; it answers how many months.',
  'operational.find_in_emergency(text, date)':
    'Who lies unconscious is a patient of another branch; it answers two numbers at the most, for the whole family name and birth date.',
  'operational.known_serials(text[], text[])':
    'A serial is one pack, wherever it is; it answers which of those given are known.',
  'operational.limit_usage(integer, integer[], numeric[], integer, bytea, date, integer)':
    'What a person bought elsewhere counts against his limit; it answers sums.',
  'operational.open_emergency_access(integer, text)':
    'Opens one record of another branch, written down for review before anything of it is seen; it answers the number of the access.',
  'operational.pack_standing(integer, text, text)':
    'A pack that was sold at another branch is not sold again; of another branch it answers a word.',
  'operational.patients_named(integer, text[], integer, integer)':
    'A policy would keep the index of name words from being used (its operators are not leakproof); it asks for the branch itself.',
  'operational.patients_numbered(integer, text, integer)':
    'As patients_named, for parts of telephone numbers; it asks for the branch itself.',
  'operational.recall_of(integer, text)':
    'A lot that is called back is so at every branch; it answers the number of the recall.',
  'operational.refresh_stock_months()': 'Refreshes sums of all branches; it answers whether it did.',
  'reference.revert_release(integer, boolean)':
    'What a release brought is not taken away where any branch refers to it; a branch it did not see would lose its product.',
};

/** Those of later migrations than the one that made the list, which says who owns them itself. */
export const ALL_BRANCHES_SINCE: Readonly<Record<string, string>> = {
  'operational.carry_out_erasure(integer)':
    'Erases what the server may not change, of one request of a branch of its caller; it answers hashes.',
  'operational.read_erased_identity(integer, text)':
    'Nobody may read the table; it shows one request of a branch of its caller, and writes down who looked.',
  'operational.release_erasure_holds(integer)':
    'As carry_out_erasure, of what was held and is due; it asks for the branch itself.',
  'reference.broken_references()':
    'A product or rule is missing wherever it is referred to; it answers tables and numbers of the catalogue.',
};
