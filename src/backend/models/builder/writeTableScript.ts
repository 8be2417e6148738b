import { literal } from './literal.ts';
import { inOrder, type TableSpec } from './pageSpec.ts';
import { scriptParts } from './scriptParts.ts';

/** The script of a table or CRUD page. Its first lines are data: they are what a later change reads the page from. */
export function writeTableScript(spec: TableSpec): string {
  const crud = spec.kind === 'crud';
  const parts = [
    "'use strict';",
    literal.printConst('columns', spec.columns.map(inOrder)),
    `${crud ? startRows : ownRows}\n${literal.printConst(crud ? 'sampleRows' : 'rows', spec.rows)}`,
    settings(spec),
    scriptParts.element(),
    scriptParts.plain(spec.columns),
    scriptParts.show(spec.columns),
    ...(sorts(spec) ? [scriptParts.compare()] : []),
    visibleRows(spec),
    renderHead(spec),
    ...(sorts(spec) ? [sortBy(spec)] : []),
    renderRow(spec),
    renderBody(spec),
    ...(spec.filterBy.length > 0 ? [renderFilters(spec)] : []),
    ...(crud ? [scriptParts.formFields(spec.columns, true), crudScript(spec)] : []),
    start(spec),
  ];
  return `${parts.join('\n\n')}\n`;
}

const startRows = '// What a browser starts with; later changes are kept in it under storageKey.';
const ownRows = '// Sample rows. Replace them with your own.';

function sorts(spec: TableSpec): boolean {
  return spec.columns.some((column) => column.sort);
}

function settings(spec: TableSpec): string {
  const view = [
    ...(sorts(spec)
      ? [
          `sortBy: ${literal.print(spec.startSort?.key ?? '')}`,
          `descending: ${String(spec.startSort?.descending ?? false)}`,
        ]
      : []),
    ...(spec.searchIn.length > 0 ? ["query: ''"] : []),
    ...(spec.filterBy.length > 0 ? ['filters: {}'] : []),
    ...(spec.pageSize === null ? [] : ['page: 0']),
  ];
  return [
    ...(spec.searchIn.length > 0 ? [`const searchIn = ${literal.print(spec.searchIn)};`] : []),
    ...(spec.filterBy.length > 0 ? [`const filterBy = ${literal.print(spec.filterBy)};`] : []),
    ...(spec.pageSize === null ? [] : [`const pageSize = ${spec.pageSize};`]),
    ...(view.length > 0 ? [`const view = { ${view.join(', ')} };`] : []),
    ...(spec.kind === 'crud' ? [`const storageKey = ${literal.print(spec.name)};`, 'const rows = load();'] : []),
    "const table = document.querySelector('table');",
    `const message = document.querySelector('[role="status"]');`,
    ...(spec.kind === 'crud'
      ? [
          "const editor = document.getElementById('editor');",
          "const confirmation = document.getElementById('confirm');",
          'let edited = null;',
        ]
      : []),
  ].join('\n');
}

function visibleRows(spec: TableSpec): string {
  const tests = [
    ...(spec.searchIn.length > 0 ? ['searchIn.some((key) => plain(row[key]).toLowerCase().includes(view.query))'] : []),
    ...(spec.filterBy.length > 0
      ? ["filterBy.every((key) => (view.filters[key] ?? '') === '' || plain(row[key]) === view.filters[key])"]
      : []),
  ];
  return [
    'function visibleRows() {',
    `  const found = ${narrowed(tests)};`,
    ...(sorts(spec)
      ? [
          "  if (view.sortBy === '') return found;",
          '  const direction = view.descending ? -1 : 1;',
          '  return found.sort((a, b) => direction * compare(a[view.sortBy], b[view.sortBy]));',
        ]
      : ['  return found;']),
    '}',
  ].join('\n');
}

function narrowed([first, ...more]: readonly string[]): string {
  if (first === undefined) return '[...rows]';
  if (more.length > 0) return `rows.filter(\n    (row) =>\n      ${[first, ...more].join(' &&\n      ')},\n  )`;
  return first.startsWith('search') ? `rows.filter((row) => ${first})` : `rows.filter((row) =>\n    ${first},\n  )`;
}

function renderHead(spec: TableSpec): string {
  const all = spec.columns.every((column) => column.sort);
  const cell = sorts(spec)
    ? [
        '  const cells = columns.map((column) => {',
        "    const attributes = { scope: 'col', class: `cell-${column.type}` };",
        ...(all ? [] : ["    if (!column.sort) return element('th', attributes, column.label);"]),
        "    const button = element('button', { type: 'button' }, column.label);",
        "    button.addEventListener('click', () => sortBy(column));",
        "    return element('th', { ...attributes, 'data-key': column.key }, button);",
        '  });',
      ]
    : [
        "  const cells = columns.map((column) => element('th', { scope: 'col', class: `cell-${column.type}` }, column.label));",
      ];
  const actions = spec.kind === 'crud' ? ["  cells.push(element('th', { scope: 'col' }, 'Actions'));"] : [];
  return [
    'function renderHead() {',
    ...cell,
    ...actions,
    "  table.tHead.replaceChildren(element('tr', {}, ...cells));",
    '}',
  ].join('\n');
}

function sortBy(spec: TableSpec): string {
  return [
    '// The first click on a header sorts ascending, the next one descending.',
    'function sortBy(column) {',
    '  view.descending = view.sortBy === column.key && !view.descending;',
    '  view.sortBy = column.key;',
    ...(spec.pageSize === null ? [] : ['  view.page = 0;']),
    '  renderBody();',
    '}',
  ].join('\n');
}

function renderRow(spec: TableSpec): string {
  const actions = spec.kind === 'crud' ? ["  cells.push(element('td', {}, actionsFor(row)));"] : [];
  return [
    'function renderRow(row) {',
    '  const cells = columns.map((column, index) => {',
    "    const attributes = { class: `cell-${column.type}`, ...(index === 0 && { scope: 'row' }) };",
    "    return element(index === 0 ? 'th' : 'td', attributes, show(column, row[column.key]));",
    '  });',
    ...actions,
    "  return element('tr', {}, ...cells);",
    '}',
  ].join('\n');
}

function renderBody(spec: TableSpec): string {
  const narrows = spec.searchIn.length + spec.filterBy.length > 0;
  const { one, many } = spec.noun;
  const none = narrows ? `'No ${many.replace(/'/g, "\\'")} found.'` : `'No ${many.replace(/'/g, "\\'")} yet.'`;
  return [
    'function renderBody() {',
    '  const found = visibleRows();',
    ...(spec.pageSize === null ? [] : pageLines),
    `  table.tBodies[0].replaceChildren(...${spec.pageSize === null ? 'found' : 'shown'}.map(renderRow));`,
    ...(sorts(spec)
      ? [
          '  for (const header of table.tHead.rows[0].cells) {',
          "    header.removeAttribute('aria-sort');",
          '    if (header.dataset.key !== view.sortBy) continue;',
          "    header.setAttribute('aria-sort', view.descending ? 'descending' : 'ascending');",
          '  }',
        ]
      : []),
    `  const noun = found.length === 1 ? ${literal.print(one)} : ${literal.print(many)};`,
    `  message.textContent = found.length === 0 ? ${none} : \`\${found.length} \${noun}\`;`,
    '}',
  ].join('\n');
}

const pageLines = [
  '  const pages = Math.max(1, Math.ceil(found.length / pageSize));',
  '  view.page = Math.min(view.page, pages - 1);',
  '  const shown = found.slice(view.page * pageSize, (view.page + 1) * pageSize);',
  "  document.getElementById('page').textContent = `Page ${view.page + 1} of ${pages}`;",
  "  document.getElementById('previous').disabled = view.page === 0;",
  "  document.getElementById('next').disabled = view.page === pages - 1;",
];

function renderFilters(spec: TableSpec): string {
  return [
    'function renderFilters() {',
    '  for (const key of filterBy) {',
    '    const values = [...new Set(rows.map((row) => plain(row[key])))].sort();',
    "    const select = element('select', {}, element('option', { value: '' }, 'All'));",
    "    select.append(...values.map((value) => element('option', { value }, value)));",
    "    select.addEventListener('change', () => {",
    '      view.filters[key] = select.value;',
    ...(spec.pageSize === null ? [] : ['      view.page = 0;']),
    '      renderBody();',
    '    });',
    '    const column = columns.find((each) => each.key === key);',
    "    document.querySelector('.tools').append(element('label', {}, column.label, select));",
    '  }',
    '}',
  ].join('\n');
}

/** Rows live in the browser; where it keeps nothing, they live as long as the page. */
const keeping = `function load() {
  try {
    return JSON.parse(localStorage.getItem(storageKey)) ?? sampleRows;
  } catch {
    return sampleRows;
  }
}

function save() {
  try {
    localStorage.setItem(storageKey, JSON.stringify(rows));
  } catch {
    message.textContent = 'This browser keeps no data, so changes last until the page is closed.';
  }
}`;

const setText = "    control.value = row?.[column.key] ?? '';";
const setBoolean = `    if (column.type === 'boolean') control.checked = Boolean(row?.[column.key]);
    else control.value = row?.[column.key] ?? '';`;
const getBoolean = "  if (column.type === 'boolean') return control.checked;\n";
const getNumber = "  if (control.type === 'number' && control.value !== '') return Number(control.value);\n";

function crudScript(spec: TableSpec): string {
  const numeric = spec.columns.some((column) => /^(number|money|percent)$/.test(column.type));
  const boolean = spec.columns.some((column) => column.type === 'boolean');
  return `${keeping}

function actionsFor(row) {
  const name = plain(row[columns[0].key]);
  const edit = element('button', { type: 'button', 'aria-label': \`Edit \${name}\` }, 'Edit');
  const remove = element('button', { type: 'button', 'aria-label': \`Delete \${name}\` }, 'Delete');
  edit.addEventListener('click', () => openEditor(row));
  remove.addEventListener('click', () => askToDelete(row));
  return element('div', { class: 'actions' }, edit, remove);
}

function openEditor(row) {
  edited = row;
  const title = row ? ${literal.print(`Edit ${spec.noun.one}`)} : ${literal.print(`Add ${spec.noun.one}`)};
  document.getElementById('editor-title').textContent = title;
  editor.querySelectorAll('.field').forEach((field) => field.remove());
  editor.querySelector('.actions').before(...columns.map(fieldFor));
  for (const column of columns) {
    const control = controlOf(column);
${boolean ? setBoolean : setText}
  }
  editor.showModal();
}

function valueOf(column) {
  const control = controlOf(column);
${boolean ? getBoolean : ''}${numeric ? getNumber : ''}  return control.value.trim();
}

function saveEdited(event) {
  event.preventDefault();
  const wrong = columns.filter((column) => !check(column));
  if (wrong.length > 0) return controlOf(wrong[0]).focus();
  const row = Object.fromEntries(columns.map((column) => [column.key, valueOf(column)]));
  if (edited) Object.assign(edited, row);
  else rows.push(row);
  editor.close();
  renderBody();
  save();
}

function askToDelete(row) {
  edited = row;
  document.getElementById('question').textContent = \`Delete \${plain(row[columns[0].key])}?\`;
  confirmation.returnValue = 'cancel';
  confirmation.showModal();
}

function deleteConfirmed() {
  if (confirmation.returnValue !== 'delete') return;
  rows.splice(rows.indexOf(edited), 1);
  renderBody();
  save();
}`;
}

function start(spec: TableSpec): string {
  const page = (direction: string) => `() => {\n  view.page ${direction}= 1;\n  renderBody();\n}`;
  return [
    ...(spec.searchIn.length > 0
      ? [
          "document.getElementById('search').addEventListener('input', (event) => {",
          '  view.query = event.target.value.trim().toLowerCase();',
          ...(spec.pageSize === null ? [] : ['  view.page = 0;']),
          '  renderBody();',
          '});',
        ]
      : []),
    ...(spec.pageSize === null
      ? []
      : [
          `document.getElementById('previous').addEventListener('click', ${page('-')});`,
          `document.getElementById('next').addEventListener('click', ${page('+')});`,
        ]),
    ...(spec.kind === 'crud'
      ? [
          "document.getElementById('add').addEventListener('click', () => openEditor(null));",
          "document.getElementById('cancel').addEventListener('click', () => editor.close());",
          "editor.querySelector('form').addEventListener('submit', saveEdited);",
          "confirmation.addEventListener('close', deleteConfirmed);",
        ]
      : []),
    ...(spec.filterBy.length > 0 ? ['renderFilters();'] : []),
    'renderHead();',
    'renderBody();',
  ].join('\n');
}
