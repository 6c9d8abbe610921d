// The order of the devices.

const ranksByColumn = new Map();

/** The rank of each value among all: numbers within texts count as numbers. What is empty has the rank -1. */
const rankTexts = (values) => {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const distinct = [...new Set(values)].filter((value) => value !== '').sort(collator.compare);
  const ranks = new Map([['', -1]]);
  let rank = 0;
  distinct.forEach((value, index) => {
    if (index > 0 && collator.compare(distinct[index - 1], value) !== 0) rank = index;
    ranks.set(value, rank);
  });
  return ranks;
};

/** The rank of each list of numbers: by its first, then by its second, and so on. */
const rankLists = (lists) => {
  const names = lists.map((list) => list.join(' '));
  const distinct = [...new Map(lists.map((list, index) => [names[index], list]))]
    .filter(([, list]) => list.length)
    .sort(([, left], [, right]) => {
      for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
        if (left[index] !== right[index]) return left[index] - right[index];
      }
      return left.length - right.length;
    });
  const ranks = new Map([['', -1], ...distinct.map(([name], index) => [name, index])]);
  return names.map((name) => ranks.get(name));
};

const outcomeRanks = {
  verdict: () => outcomes.map((outcome) => outcome.verdict),
  attestation_status: () =>
    outcomes.map((outcome) => (data.states[outcome.state].id === 'unknown' ? -1 : outcome.state)),
  status_detail: () => outcomes.map((outcome) => outcome.status),
  failed_rules: () => rankLists(outcomes.map((outcome) => outcome.failed)),
  remedies: () => rankLists(outcomes.map((outcome) => outcome.remedies)),
};

const ranks = (column) => {
  if (ranksByColumn.has(column.id)) return ranksByColumn.get(column.id);
  const result = new Int32Array(count);
  if (column.table) {
    const byText = rankTexts(column.table);
    const byPlace = column.table.map((text) => byText.get(text));
    for (let row = 0; row < count; row += 1) result[row] = byPlace[column.places[row]];
  } else if (column.texts) {
    const byText = rankTexts(column.texts);
    for (let row = 0; row < count; row += 1) result[row] = byText.get(column.texts[row]);
  } else {
    const byOutcome = outcomeRanks[column.id]();
    for (let row = 0; row < count; row += 1) result[row] = byOutcome[outcomeOf[row]];
  }
  ranksByColumn.set(column.id, result);
  return result;
};

/** Orders the matches; what a device lacks comes last, and equals keep the order of the report. */
const sort = () => {
  const keys = ranks(sorting.column);
  const { direction } = sorting;
  matches = matches.slice().sort((left, right) => {
    const [first, second] = [keys[left], keys[right]];
    if (first === second) return left - right;
    if (first < 0) return 1;
    if (second < 0) return -1;
    return (first - second) * direction;
  });
};
