/** What the scripts and the components of dashboards have in common: code that reads the same in both. */
export const dashboardParts = { format, size, places, spoken };

/** How a figure is written; `signature` are the parameters, with their types in TypeScript. */
function format(signature: string): string {
  return `function format(${signature} {
  if (type === 'money') return \`$\${value.toLocaleString('en')}\`;
  return type === 'percent' ? \`\${value} %\` : value.toLocaleString('en');
}`;
}

/** The coordinates of a chart's picture; `bottom` leaves room for the labels. */
function size(): string[] {
  return ['const width = 480;', 'const height = 240;', 'const bottom = height - 24;'];
}

/** Where each point of the chart in `name` stands; the axis starts at zero. */
function places(name: string): { measures: string[]; list: string[] } {
  return {
    measures: [
      `const highest = Math.max(1, ...${name}.points.map((point) => point.value));`,
      `const step = width / ${name}.points.length;`,
    ],
    list: [
      `${name}.points.map((point, index) => ({`,
      '  x: step * (index + 0.5),',
      '  y: bottom - (point.value / highest) * (bottom - 48),',
      '  label: point.label,',
      `  value: format(${name}.type, point.value),`,
      '}));',
    ],
  };
}

/** Every value of a chart, for its name. */
function spoken(): string {
  return "const spoken = places.map(({ label, value }) => `${label} ${value}`).join(', ');";
}
