// Totals and charts.

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
    make('tr', {}, make('th', { scope: 'row' }, number(line)), make('td', { lang: 'en' }, told(reason)))));
  const rest = problems.length - shownProblems;
  byID('problems-more').hidden = rest <= 0;
  byID('problems-more').textContent = t('more', { n: number(Math.max(0, rest)) });
};
