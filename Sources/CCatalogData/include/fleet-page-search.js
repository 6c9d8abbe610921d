// The search, and the devices that it and the filters leave.

const folded = (text) => text.normalize('NFKC').toLowerCase();
const foldedRows = [];
const foldedOutcomes = {};
let foldedParts = null;

/** Makes the texts of devices as the search compares them, each once, up to a row. */
const foldRows = (end) => {
  foldedParts ||= columns
    .filter((column) => column.table || column.texts)
    .map((column) => {
      if (!column.table) return (row) => folded(column.texts[row]);
      const table = column.table.map(folded);
      return (row) => table[column.places[row]];
    });
  for (let row = foldedRows.length; row < end; row += 1) {
    let text = '';
    for (const part of foldedParts) text += `${part(row)}\n`;
    foldedRows.push(text);
  }
};

/** Makes them a few at a time while nothing else is to do, so that the first search need not. */
const foldInLeisure = () => {
  foldRows(Math.min(count, foldedRows.length + 1000));
  if (foldedRows.length < count) later(foldInLeisure);
};
const later = window.requestIdleCallback || ((work) => window.setTimeout(work, 10));

/** What the search finds of each outcome: verdicts, statuses, rules and remedies by name and by title. */
const searchableOutcomes = () => {
  foldedOutcomes[language] ||= outcomes.map((outcome) =>
    folded(
      [
        local(data.verdicts[outcome.verdict].title), local(data.states[outcome.state].title),
        ...outcome.statuses.flatMap((status) => [data.statuses[status].id, local(data.statuses[status].title)]),
        outcome.branch < 0 ? '' : data.branches[outcome.branch],
        ...[...outcome.failed, ...outcome.unknown, ...outcome.warned].map((rule) => data.rules[rule].name),
        ...outcome.remedies.flatMap((remedy) => [data.remedies[remedy].id, local(data.remedies[remedy].title)]),
      ].join('\n')));
  return foldedOutcomes[language];
};

const choose = () => {
  const allowed = new Uint8Array(outcomes.length).fill(1);
  for (const [name, filter] of Object.entries(filters)) {
    if (!filter.keys || chosen[name] === '') continue;
    outcomes.forEach((outcome, index) => {
      if (!filter.keys(outcome).includes(chosen[name])) allowed[index] = 0;
    });
  }
  const owned = chosen.ownership === '' ? null
    : ownershipKeys.map((key) => (key === '' ? NONE : key) === chosen.ownership);
  const words = folded(query).split(/\s+/).filter((word) => word !== '');
  const inOutcomes = words.map((word) => searchableOutcomes().map((text) => text.includes(word)));
  if (words.length) foldRows(count);
  const found = new Int32Array(count);
  let size = 0;
  for (let row = 0; row < count; row += 1) {
    const outcome = outcomeOf[row];
    if (!allowed[outcome] || (owned && !owned[ownership.places[row]])) continue;
    if (words.every((word, index) => inOutcomes[index][outcome] || foldedRows[row].includes(word))) {
      found[size] = row;
      size += 1;
    }
  }
  matches = found.subarray(0, size);
  if (sorting.column) sort();
};
