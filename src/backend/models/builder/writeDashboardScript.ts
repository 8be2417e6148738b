import { dashboardParts } from './dashboardParts.ts';
import { literal } from './literal.ts';
import { inOrder, type DashboardSpec } from './pageSpec.ts';
import { scriptParts } from './scriptParts.ts';

/** The script of a dashboard: figures, charts and a table from the data in its first lines. */
export function writeDashboardScript(spec: DashboardSpec): string {
  const { metrics, charts, table } = spec;
  const parts = [
    "'use strict';",
    '// Sample figures. Replace them with your own.',
    ...(metrics.length > 0 ? [literal.printConst('metrics', metrics)] : []),
    ...(charts.length > 0 ? [literal.printConst('charts', charts)] : []),
    ...(table
      ? [literal.printConst('columns', table.columns.map(inOrder)), literal.printConst('rows', table.rows)]
      : []),
    scriptParts.element(),
    ...(metrics.length + charts.length > 0 ? [dashboardParts.format('type, value)')] : []),
    ...(metrics.length > 0 ? [card] : []),
    ...(charts.length > 0
      ? [
          svg,
          ...(charts.some((chart) => chart.kind === 'bar') ? [bars] : []),
          ...(charts.some((chart) => chart.kind === 'line') ? [line] : []),
          chartFor(spec),
        ]
      : []),
    ...(table ? [scriptParts.plain(table.columns), scriptParts.show(table.columns), tableRows] : []),
    [
      ...(metrics.length > 0 ? ["document.querySelector('.cards').append(...metrics.map(cardFor));"] : []),
      ...(charts.length > 0 ? ["document.querySelector('.charts').append(...charts.map(chartFor));"] : []),
      ...(table ? ['renderTable();'] : []),
    ].join('\n'),
  ];
  return `${parts.join('\n\n').replace('your own.\n\nconst', 'your own.\nconst')}\n`;
}

const card = `function cardFor(metric) {
  const change = \`\${metric.change < 0 ? '▼' : '▲'} \${Math.abs(metric.change)} % since last month\`;
  return element(
    'div',
    { class: 'card' },
    element('dt', {}, metric.label),
    element('dd', { class: 'value' }, format(metric.type, metric.value)),
    element('dd', { class: metric.change < 0 ? 'down' : 'up' }, change),
  );
}`;

const points = dashboardParts.places('chart');
const svg = `${dashboardParts.size().join('\n')}

function draw(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// Where each point of a chart stands; the axis starts at zero.
function placesOf(chart) {
${points.measures.map((each) => `  ${each}`).join('\n')}
  return ${points.list.join('\n  ')}
}`;

const bars = `function drawBars(places) {
  const thick = (width / places.length) * 0.6;
  return places.map(({ x, y }) => draw('rect', { x: x - thick / 2, y, width: thick, height: bottom - y, rx: 3 }));
}`;

const line = `function drawLine(places) {
  const points = places.map(({ x, y }) => \`\${x},\${y}\`).join(' ');
  return [draw('polyline', { points }), ...places.map(({ x, y }) => draw('circle', { cx: x, cy: y, r: 4 }))];
}`;

function chartFor(spec: DashboardSpec): string {
  const kinds = new Set(spec.charts.map((chart) => chart.kind));
  const shape =
    kinds.size > 1
      ? "(chart.kind === 'bar' ? drawBars : drawLine)(places)"
      : kinds.has('bar')
        ? 'drawBars(places)'
        : 'drawLine(places)';
  return `// The picture is for the eyes; its name says every value to a screen reader.
function chartFor(chart) {
  const places = placesOf(chart);
  ${dashboardParts.spoken()}
  const texts = places.flatMap(({ x, y, label, value }) => [
    draw('text', { x, y: y - 8 }, value),
    draw('text', { x, y: height - 4 }, label),
  ]);
  const picture = draw(
    'svg',
    { viewBox: \`0 0 \${width} \${height}\`, role: 'img', 'aria-label': \`\${chart.title}: \${spoken}\` },
    ...${shape},
    ...texts,
  );
  return element('figure', {}, element('figcaption', {}, chart.title), picture);
}`;
}

const tableRows = `function renderTable() {
  const table = document.querySelector('table');
  const headers = columns.map((column) => element('th', { scope: 'col', class: \`cell-\${column.type}\` }, column.label));
  table.tHead.append(element('tr', {}, ...headers));
  for (const row of rows) {
    const cells = columns.map((column, index) => {
      const attributes = { class: \`cell-\${column.type}\`, ...(index === 0 && { scope: 'row' }) };
      return element(index === 0 ? 'th' : 'td', attributes, show(column, row[column.key]));
    });
    table.tBodies[0].append(element('tr', {}, ...cells));
  }
}`;
