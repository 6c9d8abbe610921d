// The languages and themes of the page, and its beginning.

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
