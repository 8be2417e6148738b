import { dashboardParts } from './dashboardParts.ts';
import { literal } from './literal.ts';
import { inOrder, type DashboardSpec } from './pageSpec.ts';
import { tsxParts } from './tsxParts.ts';

/** The component of a dashboard: figures, charts and a table from the lists of data at its top. */
export function writeDashboardTsx(spec: DashboardSpec, component: string, scope: string): string {
  const { metrics, charts, table } = spec;
  const react = table ? "import type { ReactNode } from 'react';\n" : '';
  const parts = [
    `${react}import './${component}.css';`,
    ...(metrics.length > 0
      ? [
          metricType,
          `// Sample figures. Replace them with your own.\n${literal.printConst('metrics', metrics, ': Metric[]')}`,
        ]
      : []),
    ...(charts.length > 0 ? [`${chartType}\n\n${literal.printConst('charts', charts, ': ChartData[]')}`] : []),
    ...(table ? tableParts(table) : []),
    ...(metrics.length + charts.length > 0 ? [dashboardParts.format('type: string, value: number): string')] : []),
    ...(metrics.length > 0 ? [card] : []),
    ...(charts.length > 0 ? [chart(spec)] : []),
    componentOf(spec, component, scope),
  ];
  return `${parts.join('\n\n')}\n`;
}

const metricType = `interface Metric {
  label: string;
  type: string;
  value: number;
  change: number;
}`;

const chartType = `interface ChartData {
  title: string;
  kind: string;
  type: string;
  points: { label: string; value: number }[];
}`;

function tableParts(table: NonNullable<DashboardSpec['table']>): string[] {
  return [
    tsxParts.fieldInterface('Column', table.columns),
    tsxParts.valueTypes(),
    literal.printConst('columns', table.columns.map(inOrder), ': Column[]'),
    literal.printConst('rows', table.rows, ': Row[]'),
    tsxParts.plain(table.columns),
    tsxParts.show(table.columns),
  ];
}

const card = `function Card({ metric }: { metric: Metric }) {
  return (
    <div className="card">
      <dt>{metric.label}</dt>
      <dd className="value">{format(metric.type, metric.value)}</dd>
      <dd className={metric.change < 0 ? 'down' : 'up'}>
        {metric.change < 0 ? '▼' : '▲'} {Math.abs(metric.change)} % since last month
      </dd>
    </div>
  );
}`;

function chart(spec: DashboardSpec): string {
  const kinds = new Set(spec.charts.map((each) => each.kind));
  const bars = [
    'places.map(({ x, y, label }) => (',
    '  <rect key={label} x={x - step * 0.3} y={y} width={step * 0.6} height={bottom - y} rx={3} />',
    '))',
  ];
  const line = ["<polyline points={places.map(({ x, y }) => `${x},${y}`).join(' ')} />"];
  const shape =
    kinds.size > 1
      ? [
          "{data.kind === 'bar' ? (",
          ...['places.map(({ x, y, label }) => ('].map((each) => `  ${each}`),
          ...bars.slice(1).map((each) => `  ${each}`),
          ') : (',
          ...line.map((each) => `  ${each}`),
          ')}',
        ]
      : kinds.has('bar')
        ? [`{${bars[0] ?? ''}`, bars[1] ?? '', `${bars[2] ?? ''}}`]
        : line;
  const points = dashboardParts.places('data');
  const before = [
    ...dashboardParts.size(),
    ...points.measures,
    `const places = ${points.list.join('\n')}`,
    dashboardParts.spoken(),
  ].flatMap((each) => each.split('\n'));
  return `// The picture is for the eyes; its name says every value to a screen reader.
function Chart({ data }: { data: ChartData }) {
${before.map((each) => `  ${each}`).join('\n')}
  return (
    <figure>
      <figcaption>{data.title}</figcaption>
      <svg viewBox={\`0 0 \${width} \${height}\`} role="img" aria-label={\`\${data.title}: \${spoken}\`}>
${shape.map((each) => `        ${each}`).join('\n')}
        {places.map(({ x, y, label, value }) => (
          <g key={label}>
            <text x={x} y={y - 8}>
              {value}
            </text>
            <text x={x} y={height - 4}>
              {label}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}`;
}

function componentOf(spec: DashboardSpec, component: string, scope: string): string {
  const parts = [
    ...(spec.metrics.length > 0
      ? [
          '<dl className="cards">',
          '  {metrics.map((metric) => (',
          '    <Card key={metric.label} metric={metric} />',
          '  ))}',
          '</dl>',
        ]
      : []),
    ...(spec.charts.length > 0
      ? [
          '<div className="charts">',
          '  {charts.map((data) => (',
          '    <Chart key={data.title} data={data} />',
          '  ))}',
          '</div>',
        ]
      : []),
    ...(spec.table ? tableMarkup(spec.table.title, scope) : []),
  ];
  return `export function ${component}() {
  return (
${tsxParts
  .section(spec.title, scope, parts)
  .map((line) => `    ${line}`)
  .join('\n')}
  );
}`;
}

function tableMarkup(title: string, scope: string): string[] {
  const id = `${scope}-table-title`;
  return [
    `<h2 id="${id}">${tsxParts.escapeJsx(title)}</h2>`,
    `<div className="scroll" role="region" aria-labelledby="${id}" tabIndex={0}>`,
    `  <table aria-labelledby="${id}">`,
    '    <thead>',
    '      <tr>',
    '        {columns.map((column) => (',
    '          <th key={column.key} scope="col" className={`cell-${column.type}`}>',
    '            {column.label}',
    '          </th>',
    '        ))}',
    '      </tr>',
    '    </thead>',
    '    <tbody>',
    '      {rows.map((row, index) => (',
    '        <tr key={index}>',
    '          {columns.map((column) => (',
    '            <td key={column.key} className={`cell-${column.type}`}>',
    '              {show(column, row[column.key])}',
    '            </td>',
    '          ))}',
    '        </tr>',
    '      ))}',
    '    </tbody>',
    '  </table>',
    '</div>',
  ];
}
