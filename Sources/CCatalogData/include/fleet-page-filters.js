// The filters: what there is to choose, how many devices each choice has, and what shows the choice.

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
