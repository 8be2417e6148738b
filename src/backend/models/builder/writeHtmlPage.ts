import type { DashboardSpec, FormSpec, PageSpec, TableSpec } from './pageSpec.ts';
import { writeDashboardScript } from './writeDashboardScript.ts';
import { writeFormScript } from './writeFormScript.ts';
import { writeStyles } from './writeStyles.ts';
import { writeTableScript } from './writeTableScript.ts';

export interface WrittenFile {
  readonly path: string;
  readonly content: string;
}

/**
 * A page of plain HTML, CSS and one script, without build or dependency. The script is a deferred classic one, because
 * browsers load no modules from file:// and the page must work when it is opened by a double click.
 */
export function writeHtmlPage(spec: PageSpec): WrittenFile[] {
  const script =
    'steps' in spec ? writeFormScript(spec) : 'metrics' in spec ? writeDashboardScript(spec) : writeTableScript(spec);
  const main = 'steps' in spec ? formMain(spec) : 'metrics' in spec ? dashboardMain(spec) : tableMain(spec);
  return [
    { path: `${spec.name}.html`, content: writeDocument(spec, main) },
    { path: `${spec.name}.css`, content: writeStyles(spec) },
    { path: `${spec.name}.js`, content: script },
  ];
}

/** Text as HTML content or attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function writeDocument(spec: PageSpec, main: readonly string[]): string {
  const title = escapeHtml(spec.title);
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '  <head>',
    '    <meta charset="utf-8" />',
    '    <meta name="viewport" content="width=device-width, initial-scale=1" />',
    `    <title>${title}</title>`,
    `    <link rel="stylesheet" href="${spec.name}.css" />`,
    `    <script defer src="${spec.name}.js"></script>`,
    '  </head>',
    '  <body>',
    '    <header>',
    `      <h1 id="title">${title}</h1>`,
    '    </header>',
    '    <main>',
    ...main.map((line) => `      ${line}`),
    '    </main>',
    '  </body>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

const scrollingTable = [
  '<div class="scroll" role="region" aria-labelledby="title" tabindex="0">',
  '  <table aria-labelledby="title">',
  '    <thead></thead>',
  '    <tbody></tbody>',
  '  </table>',
  '</div>',
];

function tableMain(spec: TableSpec): string[] {
  const crud = spec.kind === 'crud';
  const tools = [
    ...(spec.searchIn.length > 0 ? ['  <label>Search <input id="search" type="search" /></label>'] : []),
    ...(crud
      ? [
          '  <div class="actions">',
          `    <button id="add" class="primary" type="button">Add ${escapeHtml(spec.noun.one)}</button>`,
          '  </div>',
        ]
      : []),
  ];
  return [
    ...(tools.length > 0 ? ['<div class="tools">', ...tools, '</div>'] : []),
    ...(tools.length === 0 && spec.filterBy.length > 0 ? ['<div class="tools"></div>'] : []),
    '<p role="status"></p>',
    ...scrollingTable,
    ...(spec.pageSize === null
      ? []
      : [
          '<nav class="actions" aria-label="Pages">',
          '  <button id="previous" type="button">Previous</button>',
          '  <span id="page"></span>',
          '  <button id="next" type="button">Next</button>',
          '</nav>',
        ]),
    ...(crud ? dialogs : []),
  ];
}

const dialogs = [
  '<dialog id="editor" aria-labelledby="editor-title">',
  '  <form novalidate>',
  '    <h2 id="editor-title"></h2>',
  '    <div class="actions">',
  '      <button class="primary">Save</button>',
  '      <button id="cancel" type="button">Cancel</button>',
  '    </div>',
  '  </form>',
  '</dialog>',
  '<dialog id="confirm" aria-labelledby="question">',
  '  <form method="dialog">',
  '    <h2 id="question"></h2>',
  '    <div class="actions">',
  '      <button value="delete">Delete</button>',
  '      <button value="cancel">Cancel</button>',
  '    </div>',
  '  </form>',
  '</dialog>',
];

function formMain(spec: FormSpec): string[] {
  const stepped = spec.kind === 'steps';
  return [
    ...(stepped ? ['<ol class="progress"></ol>'] : []),
    '<form novalidate aria-labelledby="title">',
    '  <div class="actions">',
    ...(stepped ? ['    <button id="back" type="button">Back</button>'] : []),
    stepped
      ? '    <button id="next" class="primary">Next</button>'
      : `    <button class="primary">${escapeHtml(spec.button)}</button>`,
    '  </div>',
    '  <p role="alert"></p>',
    '</form>',
  ];
}

function dashboardMain(spec: DashboardSpec): string[] {
  return [
    ...(spec.metrics.length > 0 ? ['<dl class="cards"></dl>'] : []),
    ...(spec.charts.length > 0 ? ['<div class="charts"></div>'] : []),
    ...(spec.table
      ? [
          `<h2 id="table-title">${escapeHtml(spec.table.title)}</h2>`,
          ...scrollingTable.map((line) => line.replace(/"title"/g, '"table-title"')),
        ]
      : []),
  ];
}
