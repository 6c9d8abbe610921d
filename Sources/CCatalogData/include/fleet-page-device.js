// One device in full.

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
      make('span', { class: 'tag' }, t(`severity_${rule.severity}`)),
      tone === 'indeterminate' && rule.unknownAllowed ? [' ', make('span', { class: 'tag' }, t('unknownAllowed'))] : ''),
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
