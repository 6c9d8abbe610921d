// The devices, and what the reader of the page has chosen of them.

const outcomes = data.outcomes.map(([verdict, state, statuses, branch, failed, unknown, warned, remedies]) => ({
  verdict, state, statuses, branch, failed, unknown, warned, remedies,
  status: statuses.length ? statuses[0] : -1,
}));
const outcomeOf = Int32Array.from(data.devices);
const count = outcomeOf.length;
const columns = data.columns;
const columnByID = new Map(columns.map((column) => [column.id, column]));

/** What the input tells of a device in a column; empty where it tells nothing. */
const textOf = (column, row) => (column.table ? column.table[column.places[row]] : column.texts[row]);

const ownership = columnByID.get('ownership');
const ownershipKey = (text) => {
  const key = text.toLowerCase();
  return key === 'company' ? 'corporate' : key;
};
const ownershipKeys = ownership.table.map(ownershipKey);

/** The choice of devices that have none; no text of the input is a control character. */
const NONE = '\u0001';
const PAGE_SIZES = [25, 50, 100, 250];
const PRINTED_ROWS = 1000;
const shown = new Set(columns.map((column) => column.id));
const chosen = { verdict: '', state: '', status: '', branch: '', ownership: '', rule: '' };
const sorting = { column: null, direction: 0 };
let query = '';
let page = 0;
let pageSize = 50;
let matches = Int32Array.from({ length: count }, (_, row) => row);
