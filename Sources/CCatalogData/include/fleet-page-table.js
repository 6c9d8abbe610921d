// The table of devices: one page of it at a time.

const badge = (verdict) =>
  make('span', { class: 'badge', 'data-verdict': data.verdicts[verdict].id }, local(data.verdicts[verdict].title));

/** The first of some names; the others are counted, and shown with the device. */
const firstOf = (names) =>
  names.length > 1 ? [names[0], make('span', { class: 'more' }, ` ${t('andMore', { n: number(names.length - 1) })}`)] : names;

const outcomeCells = {
  verdict: (outcome) => badge(outcome.verdict),
  attestation_status: (outcome) => local(data.states[outcome.state].title),
  status_detail: (outcome) => (outcome.status < 0 ? '' : firstOf(outcome.statuses.map((status) => local(data.statuses[status].title)))),
  failed_rules: (outcome) => firstOf(outcome.failed.map((rule) => data.rules[rule].name)),
  remedies: (outcome) => firstOf(outcome.remedies.map((remedy) => data.remedies[remedy]).map(({ title, impact }) =>
    (impact === 'loses_data' ? [local(title), make('span', { class: 'tag', 'data-verdict': 'fail' }, t('impact_loses_data'))] : local(title)))),
};

const nameOf = (row) => textOf(columnByID.get('device_name'), row);

const cell = (column, row) => {
  if (column.id === 'device_name') {
    const name = nameOf(row);
    return make('th', { scope: 'row' },
      make('button', { type: 'button', class: 'open', 'aria-haspopup': 'dialog', 'data-row': String(row) },
        name === '' ? t('noName', { line: number(data.lines[row]) }) : told(name)));
  }
  if (outcomeCells[column.id]) return make('td', { class: 'wide' }, outcomeCells[column.id](outcomes[outcomeOf[row]]));
  const text = textOf(column, row);
  return make('td', { class: column.id.endsWith('_id') || column.id.endsWith('version') ? 'wide code' : 'wide' },
    text === '' ? make('span', { class: 'more' }, '–') : told(text));
};

const table = byID('table');
const body = make('tbody', { onclick: (event) => rowClicked(event) });
table.append(body);

const shownColumns = () => columns.filter((column) => shown.has(column.id));

const buildHead = () => {
  const cells = shownColumns().map((column) =>
    make('th', { scope: 'col', 'aria-sort': 'none', 'data-column': column.id },
      make('button', { type: 'button', class: 'sort', onclick: () => sortBy(column) }, local(column.title))));
  table.tHead.replaceChildren(make('tr', { 'aria-rowindex': '1' }, cells));
  markSorting();
};

const markSorting = () => {
  for (const heading of table.tHead.querySelectorAll('th')) {
    const isSorted = sorting.column && heading.dataset.column === sorting.column.id;
    heading.setAttribute('aria-sort', !isSorted ? 'none' : sorting.direction > 0 ? 'ascending' : 'descending');
  }
};

/** The first click on a heading sorts up, the second down, and the third brings the order of the report back. */
const sortBy = (column) => {
  if (sorting.column !== column) Object.assign(sorting, { column, direction: 1 });
  else if (sorting.direction > 0) sorting.direction = -1;
  else Object.assign(sorting, { column: null, direction: 0 });
  markSorting();
  update();
};

const pages = () => Math.max(1, Math.ceil(matches.length / pageSize));

const fillBody = (from, to) => {
  const visible = shownColumns();
  table.setAttribute('aria-rowcount', String(matches.length + 1));
  table.setAttribute('aria-colcount', String(visible.length));
  if (matches.length === 0) {
    body.replaceChildren(make('tr', {}, make('td', { class: 'empty', colspan: String(visible.length) }, t('empty'))));
    return;
  }
  const rows = document.createDocumentFragment();
  for (let index = from; index < to; index += 1) {
    const row = matches[index];
    rows.append(make('tr', { 'aria-rowindex': String(index + 2) }, visible.map((column) => cell(column, row))));
  }
  body.replaceChildren(rows);
};

const fillTable = () => {
  page = Math.min(page, pages() - 1);
  fillBody(page * pageSize, Math.min(matches.length, (page + 1) * pageSize));
  byID('matches').replaceChildren(t('matches', { n: number(matches.length), all: number(count) }),
    hiddenText(t('pageOf', { n: number(page + 1), all: number(pages()) })));
  byID('page').max = String(pages());
  byID('page').value = String(page + 1);
  byID('pages').textContent = t('ofPages', { n: number(pages()) });
  for (const [id, isOff] of [
    ['first', page === 0], ['previous', page === 0], ['next', page === pages() - 1], ['last', page === pages() - 1],
  ]) byID(id).setAttribute('aria-disabled', String(isOff));
};

const goTo = (target) => {
  const wanted = Math.max(0, Math.min(pages() - 1, target));
  if (wanted === page) return;
  page = wanted;
  fillTable();
  byID('table-wrap').scrollTop = 0;
};

/** Brings the page in line with what is chosen. */
const update = () => {
  page = 0;
  choose();
  fillTable();
  byID('table-wrap').scrollTop = 0;
  markChoices();
  fillChips();
};

const setFilter = (name, value) => {
  chosen[name] = value;
  update();
};

const clearAll = () => {
  for (const name of Object.keys(chosen)) chosen[name] = '';
  query = '';
  byID('search').value = '';
  update();
};
