// The script of the fleet's page. It reads the data of the page once and writes to the page as text only, never as
// markup; nothing is loaded, stored or sent.
'use strict';

(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const texts = data.texts;
  const root = document.documentElement;
  let language = data.language;

  // ---- texts -------------------------------------------------------------------------------------------------

  /** A text of the page; `{name}` stands for a value. */
  const t = (key, values = {}) =>
    texts[key][language].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  const local = (text) => text[language];
  const number = (value) => new Intl.NumberFormat(language).format(value);
  const percent = (part, whole) =>
    new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(whole ? part / whole : 0);

  // ---- elements ----------------------------------------------------------------------------------------------

  const byID = (id) => document.getElementById(id);

  /** An element with attributes (`on…` for listeners) and children: elements, texts, or nothing. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === false) continue;
      if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ''));
    return element;
  };
  /** A text of the input, whose direction of writing must not reach beyond it. */
  const told = (text) => make('bdi', {}, text);
  const hiddenText = (text) => make('span', { class: 'hidden-text' }, text);
  /** A bar's part of the whole, for the style sheet. */
  const share = (element, value) => {
    element.style.setProperty('--share', String(value));
    return element;
  };

  // ---- the devices -------------------------------------------------------------------------------------------

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

  // ---- what is chosen ----------------------------------------------------------------------------------------

  const NONE = '-';
  const PAGE_SIZES = [25, 50, 100, 250];
  const PRINTED_ROWS = 1000;
  const shown = new Set(columns.map((column) => column.id));
  const chosen = { verdict: '', state: '', status: '', branch: '', ownership: '', rule: '' };
  const sorting = { column: null, direction: 0 };
  let query = '';
  let page = 0;
  let pageSize = 50;
  let matches = Int32Array.from({ length: count }, (_, row) => row);

  /** The filters: the title, the choices that some device has, and whether an outcome is let through. */
  const filters = {
    state: {
      title: () => local(columnByID.get('attestation_status').title),
      choices: () => data.states.map((state, index) => [String(index), local(state.title)]),
      keys: (outcome) => [String(outcome.state)],
    },
    status: {
      title: () => local(columnByID.get('status_detail').title),
      choices: () => [...data.statuses.map((status, index) => [String(index), local(status.title)]), [NONE, t('noStatus')]],
      keys: (outcome) => [outcome.status < 0 ? NONE : String(outcome.status)],
    },
    verdict: {
      title: () => local(columnByID.get('verdict').title),
      choices: () => data.verdicts.map((verdict, index) => [String(index), local(verdict.title)]),
      keys: (outcome) => [String(outcome.verdict)],
    },
    ownership: { title: () => local(ownership.title), choices: () => ownershipChoices() },
    branch: {
      title: () => t('branch'),
      choices: () => [...data.branches.map((name, index) => [String(index), name]), [NONE, t('noBranch')]],
      keys: (outcome) => [outcome.branch < 0 ? NONE : String(outcome.branch)],
    },
    rule: {
      title: () => t('rule'),
      choices: () => data.rules.map((rule, index) => [String(index), rule.name]),
      keys: (outcome) => [...outcome.failed, ...outcome.unknown, ...outcome.warned].map(String),
    },
  };

  /** The ownerships that are told, the most frequent first; more than a hundred are left to the search. */
  const ownershipChoices = () => {
    const names = new Map();
    ownership.table.forEach((text, place) => {
      const key = ownershipKeys[place];
      if (!names.has(key)) names.set(key, text === '' ? t('noOwnership') : text);
    });
    return [...names]
      .map(([key, name]) => [key === '' ? NONE : key, name])
      .sort((left, right) => (tallies.ownership.get(right[0]) || 0) - (tallies.ownership.get(left[0]) || 0))
      .slice(0, 100);
  };

  /** How many devices each choice of each filter has. */
  const tallies = (() => {
    const devices = new Uint32Array(outcomes.length);
    for (let row = 0; row < count; row += 1) devices[outcomeOf[row]] += 1;
    const result = {};
    const add = (tally, key, value) => tally.set(key, (tally.get(key) || 0) + value);
    for (const [name, filter] of Object.entries(filters)) {
      const tally = new Map();
      if (filter.keys) {
        outcomes.forEach((outcome, index) => filter.keys(outcome).forEach((key) => add(tally, key, devices[index])));
      } else {
        for (let row = 0; row < count; row += 1) add(tally, ownershipKeys[ownership.places[row]] || NONE, 1);
      }
      result[name] = tally;
    }
    const branches = new Map();
    outcomes.forEach((outcome, index) => {
      const key = outcome.branch < 0 ? NONE : String(outcome.branch);
      if (!branches.has(key)) branches.set(key, data.verdicts.map(() => 0));
      branches.get(key)[outcome.verdict] += devices[index];
    });
    result.branchVerdicts = branches;
    return result;
  })();

  // ---- search ------------------------------------------------------------------------------------------------

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

  // ---- choosing and sorting ----------------------------------------------------------------------------------

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

  // ---- the table ---------------------------------------------------------------------------------------------

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
    remedies: (outcome) => firstOf(outcome.remedies.map((remedy) => local(data.remedies[remedy].title))),
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

  // ---- filters -----------------------------------------------------------------------------------------------

  const choiceText = (name) => (filters[name].choices().find(([key]) => key === chosen[name]) || ['', ''])[1];

  const buildFilters = () => {
    for (const [name, filter] of Object.entries(filters)) {
      const options = filter.choices()
        .filter(([key]) => tallies[name].has(key) || key === chosen[name])
        .map(([key, title]) => make('option', { value: key }, `${title} (${number(tallies[name].get(key) || 0)})`));
      byID(`filter-${name}`).replaceChildren(make('option', { value: '' }, t('all')), ...options);
      byID(`filter-${name}-label`).textContent = filter.title();
    }
  };

  /** Shows in selects, cards and bars what is chosen. */
  const markChoices = () => {
    for (const name of Object.keys(filters)) {
      const select = byID(`filter-${name}`);
      select.value = chosen[name];
      select.toggleAttribute('data-active', chosen[name] !== '');
    }
    for (const button of document.querySelectorAll('[data-filter]')) {
      button.setAttribute('aria-pressed', String(chosen[button.dataset.filter] === button.dataset.value));
    }
  };

  const fillChips = () => {
    const chips = Object.keys(filters).filter((name) => chosen[name] !== '').map((name) => {
      const text = `${filters[name].title()}: ${choiceText(name)}`;
      return make('button',
        { type: 'button', class: 'chip', 'aria-label': t('remove', { name: text }), onclick: () => { setFilter(name, ''); focusChips(); } },
        told(text), make('span', { 'aria-hidden': 'true' }, '×'));
    });
    if (chips.length || query.trim() !== '') {
      chips.push(make('button', { type: 'button', class: 'link', onclick: () => { clearAll(); focusChips(); } }, t('clear')));
    }
    byID('chips').replaceChildren(...chips);
  };

  /** A chip that is gone leaves the focus to the next one, or to the search. */
  const focusChips = () => (byID('chips').querySelector('button') || byID('search')).focus();

  /** A button of a total or a chart: chooses its value, or takes the choice back. */
  const chooser = (name, value, attributes, ...children) =>
    make('button',
      { type: 'button', 'data-filter': name, 'data-value': value, 'aria-pressed': 'false', ...attributes,
        onclick: () => setFilter(name, chosen[name] === value ? '' : value) },
      ...children);

  // ---- totals and charts -------------------------------------------------------------------------------------

  const card = (label, value, note) => [
    make('span', { class: 'card-label' }, label), ' ',
    make('span', { class: 'card-number' }, number(value)), ' ',
    make('span', { class: 'card-share' }, note),
  ];

  const buildTotals = () => {
    const { counts } = data;
    byID('cards').replaceChildren(
      make('li', {}, make('div', { class: 'card' }, card(t('devices'), counts.devices, ''))),
      ...data.verdicts.map((verdict, index) =>
        make('li', {}, chooser('verdict', String(index), { class: 'card', 'data-verdict': verdict.id },
          card(local(verdict.title), counts.verdicts[index], percent(counts.verdicts[index], counts.devices))))),
      make('li', {}, make('a', { class: 'card', href: '#problems', 'data-verdict': 'problem' },
        card(t('problems'), counts.problems, ''))));
    byID('proportion').replaceChildren(...data.verdicts
      .map((verdict, index) => [verdict, counts.verdicts[index]])
      .filter(([, value]) => value > 0)
      .map(([verdict, value]) => share(make('span', { 'data-verdict': verdict.id }), value)));
    const parts = data.verdicts.map((verdict, index) =>
      t('part', { n: number(counts.verdicts[index]), name: local(verdict.title) }));
    byID('sums').replaceChildren(
      make('span', { id: 'sum-rows' }, t('sumRows', { rows: number(counts.rows), devices: number(counts.devices), problems: number(counts.problems) })), ' ',
      make('span', { id: 'sum-devices' }, t('sumDevices', { devices: number(counts.devices), parts: parts.join(' + ') })));
    const isPart = count !== counts.devices;
    byID('filtered').hidden = !isPart;
    byID('filtered').textContent = t('filtered', { shown: number(count), devices: number(counts.devices) });
    buildRepeats();
  };

  const buildRepeats = () => {
    const { count: repeated, devices } = data.repeats;
    byID('repeats').hidden = repeated === 0;
    if (repeated === 0) return;
    byID('repeats').replaceChildren(
      make('p', {}, t('repeats', { n: number(repeated) })),
      make('details', {}, make('summary', {}, t('repeatsList')),
        make('ul', {}, devices.map(([name, rows, lines]) =>
          make('li', {}, told(name), ' – ', t('repeat', { n: number(rows), lines: lines.map(number).join(', ') }))))));
  };

  const statusBars = () =>
    [...tallies.status].filter(([key]) => key !== NONE)
      .map(([key, value]) => ({ key, value, title: local(data.statuses[Number(key)].title) }))
      .sort((left, right) => right.value - left.value || Number(left.key) - Number(right.key));

  const smallTable = (caption, heads, rows) =>
    make('table', { class: 'small-table' },
      make('caption', { class: 'hidden-text' }, caption),
      make('thead', {}, make('tr', {}, heads.map((head, index) => make('th', { scope: 'col', class: index ? 'number' : null }, head)))),
      make('tbody', {}, rows.map(([first, ...others]) =>
        make('tr', {}, make('th', { scope: 'row' }, first), others.map((other) => make('td', { class: 'number' }, other))))));

  const buildStatusChart = () => {
    const bars = statusBars();
    const greatest = bars.length ? bars[0].value : 0;
    byID('status-bars').replaceChildren(...bars.map(({ key, value, title }) =>
      make('li', {}, chooser('status', key, { class: 'bar' },
        make('span', { class: 'bar-label' }, title), ' ',
        make('span', { class: 'bar-track', 'aria-hidden': 'true' }, share(make('span'), value / greatest)), ' ',
        make('span', { class: 'bar-number' }, number(value), hiddenText(` ${t('unit')}`), ' ',
          make('span', { class: 'soft' }, percent(value, count)))))));
    const without = tallies.status.get(NONE) || 0;
    byID('status-rest').replaceChildren(
      chooser('status', NONE, { class: 'bar' },
        make('span', { class: 'bar-label soft' }, t('noStatus')), ' ', make('span'), ' ',
        make('span', { class: 'bar-number' }, number(without), hiddenText(` ${t('unit')}`), ' ',
          make('span', { class: 'soft' }, percent(without, count)))));
    byID('status-table').replaceChildren(smallTable(t('statusChart'), [local(columnByID.get('status_detail').title), t('devices')], [
      ...bars.map(({ title, value }) => [title, number(value)]),
      [t('noStatus'), number(without)], [t('sum'), number(count)],
    ]));
  };

  const buildBranchChart = () => {
    const rows = [...data.branches.map((name, index) => [String(index), name]), [NONE, t('noBranch')]]
      .filter(([key]) => tallies.branchVerdicts.has(key))
      .map(([key, name]) => {
        const parts = tallies.branchVerdicts.get(key);
        return { key, name, parts, all: parts.reduce((sum, part) => sum + part, 0) };
      });
    byID('legend').replaceChildren(...data.verdicts.map((verdict) =>
      make('li', { 'data-verdict': verdict.id }, local(verdict.title))));
    const pass = data.verdicts.findIndex((verdict) => verdict.id === 'pass');
    byID('branch-bars').replaceChildren(...rows.map(({ key, name, parts, all }) =>
      make('li', {}, chooser('branch', key, { class: 'bar' },
        make('span', { class: 'bar-label' }, name), ' ',
        make('span', { class: 'bar-track stacked', 'aria-hidden': 'true' },
          parts.map((part, index) => (part ? share(make('span', { 'data-verdict': data.verdicts[index].id }), part) : ''))), ' ',
        make('span', { class: 'bar-number' }, number(all), hiddenText(` ${t('unit')}, ${local(data.verdicts[pass].title)}`), ' ',
          make('span', { class: 'soft' }, percent(parts[pass], all)))))));
    byID('branch-table').replaceChildren(smallTable(t('branchChart'),
      [t('branch'), ...data.verdicts.map((verdict) => local(verdict.title)), t('sum')],
      rows.map(({ name, parts, all }) => [name, ...parts.map(number), number(all)])));
  };

  // ---- rows that could not be read ---------------------------------------------------------------------------

  let shownProblems = 25;

  const buildProblems = () => {
    const { problems } = data;
    byID('problems-note').textContent = problems.length ? t('problemsNote') : t('problemsNone');
    byID('problems-table').replaceChildren(...(problems.length === 0 ? [] : [
      smallTable(t('problems'), [t('line')], []),
    ]));
    if (problems.length === 0) {
      byID('problems-more').hidden = true;
      return;
    }
    const list = byID('problems-table').firstElementChild;
    list.tHead.firstElementChild.firstElementChild.className = 'narrow';
    list.tHead.firstElementChild.append(make('th', { scope: 'col' }, t('reason')));
    list.tBodies[0].append(...problems.slice(0, shownProblems).map(([line, reason]) =>
      make('tr', {}, make('th', { scope: 'row' }, number(line)), make('td', {}, told(reason)))));
    const rest = problems.length - shownProblems;
    byID('problems-more').hidden = rest <= 0;
    byID('problems-more').textContent = t('more', { n: number(Math.max(0, rest)) });
  };

  // ---- one device --------------------------------------------------------------------------------------------

  const dialog = byID('device');
  let openRow = -1;

  const section = (title, items) => (items.length ? make('section', {}, make('h3', {}, title), items) : '');

  const statusItem = (index) => {
    const status = data.statuses[index];
    return make('div', { class: 'item', 'data-verdict': 'fail' },
      make('p', { class: 'item-title' }, local(status.title)),
      make('p', {}, local(status.meaning)),
      make('p', { class: 'soft' }, status.retry ? t('retryHelps') : t('retryDoesNotHelp')));
  };

  const ruleItem = (tone) => (index) => {
    const rule = data.rules[index];
    const message = rule.message[language];
    return make('div', { class: 'item', 'data-verdict': tone },
      make('p', { class: 'item-title' }, make('code', {}, rule.name), ' ',
        make('span', { class: 'tag' }, t(`severity_${rule.severity}`))),
      make('p', { lang: message.language === language ? null : message.language }, told(message.text)),
      rule.source ? make('p', { class: 'soft' }, make('code', {}, rule.source)) : '');
  };

  const remedyItem = (index) => {
    const remedy = data.remedies[index];
    const impact = remedy.impact === 'none' ? ''
      : make('span', { class: 'tag', 'data-verdict': remedy.impact === 'loses_data' ? 'fail' : null }, t(`impact_${remedy.impact}`));
    return make('li', { class: 'item' },
      make('p', { class: 'item-title' }, local(remedy.title), ' ', impact),
      remedy.before.length ? [make('p', {}, t('before')), make('ul', {}, remedy.before.map((text) => make('li', {}, local(text))))] : '',
      make('p', { class: 'soft' }, t('steps'), ' ', make('code', {}, `policyc remedy ${remedy.id}`)));
  };

  const fillDevice = () => {
    const outcome = outcomes[outcomeOf[openRow]];
    const name = nameOf(openRow);
    byID('device-name').replaceChildren(name === '' ? t('noName', { line: number(data.lines[openRow]) }) : told(name));
    byID('device-verdict').replaceChildren(badge(outcome.verdict), ' ',
      make('span', { class: 'soft' }, `${local(columnByID.get('attestation_status').title)}: `), local(data.states[outcome.state].title));
    const facts = columns.filter((column) => (column.table || column.texts) && column.id !== 'device_name')
      .map((column) => [local(column.title), textOf(column, openRow)]);
    facts.push([t('branch'), outcome.branch < 0 ? '' : data.branches[outcome.branch]], [t('line'), number(data.lines[openRow])]);
    byID('device-body').replaceChildren(...[
      section(local(columnByID.get('status_detail').title), outcome.statuses.slice(0, 1).map(statusItem)),
      section(t('also'), outcome.statuses.slice(1).map(statusItem)),
      section(local(columnByID.get('failed_rules').title), outcome.failed.map(ruleItem('fail'))),
      section(t('unknownRules'), outcome.unknown.map(ruleItem('indeterminate'))),
      section(t('warnings'), outcome.warned.map(ruleItem('indeterminate'))),
      outcome.remedies.length
        ? make('section', {}, make('h3', {}, local(columnByID.get('remedies').title)), make('ol', {}, outcome.remedies.map(remedyItem))) : '',
      make('section', {}, make('h3', {}, t('about')),
        make('dl', { class: 'facts' }, facts.flatMap(([title, text]) =>
          [make('dt', {}, title), make('dd', {}, text === '' ? make('span', { class: 'more' }, '–') : told(text))]))),
    ].filter((part) => part !== ''));
  };

  const rowClicked = (event) => {
    const line = event.target.closest('tr');
    const button = line && line.querySelector('.open');
    if (!button || String(window.getSelection()) !== '') return;
    openRow = Number(button.dataset.row);
    fillDevice();
    button.focus();
    dialog.showModal();
    dialog.scrollTop = 0;
  };

  // ---- language, theme, print --------------------------------------------------------------------------------

  const buildColumns = () => {
    byID('columns').replaceChildren(...columns.filter((column) => column.id !== 'device_name').map((column) => {
      const box = make('input', { type: 'checkbox', onchange: () => {
        if (box.checked) shown.add(column.id);
        else shown.delete(column.id);
        buildHead();
        fillTable();
      } });
      box.checked = shown.has(column.id);
      return make('li', {}, make('label', {}, box, local(column.title)));
    }));
  };

  const speak = () => {
    root.lang = language;
    const titles = data.policy.titles[language];
    document.title = `${t('title')} – ${titles || data.policy.name}`;
    for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
    for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label));
    byID('search').placeholder = t('searchHint');
    byID('policy').replaceChildren(
      ...(titles ? [make('span', {}, told(titles)), ' · '] : []),
      make('code', {}, `${data.policy.name} ${data.policy.version}`));
    for (const button of document.querySelectorAll('[data-language]')) {
      button.setAttribute('aria-pressed', String(button.dataset.language === language));
    }
    buildTotals();
    buildStatusChart();
    buildBranchChart();
    buildProblems();
    buildColumns();
    buildFilters();
    buildHead();
    choose();
    fillTable();
    markChoices();
    fillChips();
    if (dialog.open) fillDevice();
  };

  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches);
  const markTheme = () => byID('theme').setAttribute('aria-pressed', String(isDark()));

  // ---- beginning ---------------------------------------------------------------------------------------------

  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => {
      language = button.dataset.language;
      speak();
    });
  }
  byID('theme').addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    markTheme();
  });
  prefersDark.addEventListener('change', markTheme);

  let waiting = 0;
  byID('search').addEventListener('input', (event) => {
    query = event.target.value;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(update, 120);
  });
  byID('search').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || query === '') return;
    event.preventDefault();
    event.target.value = '';
    query = '';
    update();
  });
  for (const name of Object.keys(filters)) {
    byID(`filter-${name}`).addEventListener('change', (event) => setFilter(name, event.target.value));
  }

  byID('page-size').replaceChildren(...PAGE_SIZES.map((size) => make('option', { value: String(size), selected: size === pageSize }, String(size))));
  byID('page-size').addEventListener('change', (event) => {
    page = Math.floor((page * pageSize) / Number(event.target.value));
    pageSize = Number(event.target.value);
    fillTable();
  });
  byID('first').addEventListener('click', () => goTo(0));
  byID('previous').addEventListener('click', () => goTo(page - 1));
  byID('next').addEventListener('click', () => goTo(page + 1));
  byID('last').addEventListener('click', () => goTo(pages() - 1));
  byID('page').addEventListener('change', (event) => {
    goTo((Number.parseInt(event.target.value, 10) || 1) - 1);
    event.target.value = String(page + 1);
  });

  byID('problems-more').addEventListener('click', () => {
    shownProblems += 500;
    buildProblems();
  });

  byID('chooser').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !byID('chooser').open) return;
    byID('chooser').open = false;
    byID('chooser').querySelector('summary').focus();
  });
  document.addEventListener('click', (event) => {
    if (!byID('chooser').contains(event.target)) byID('chooser').open = false;
  });
  byID('device-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog && event.offsetX < 0) dialog.close();
  });

  // On paper there are no pages to turn: all matches are printed, up to a bound.
  window.addEventListener('beforeprint', () => {
    const last = Math.min(matches.length, PRINTED_ROWS);
    fillBody(0, last);
    byID('printed').hidden = last === matches.length;
    byID('printed').textContent = t('printed', { n: number(last), all: number(matches.length) });
  });
  window.addEventListener('afterprint', () => {
    byID('printed').hidden = true;
    fillTable();
  });

  speak();
  markTheme();
  root.dataset.ready = 'true';
  later(foldInLeisure);
})();
