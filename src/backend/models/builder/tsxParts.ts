import { formParts } from './formParts.ts';
import type { Field, FieldType } from './pageSpec.ts';

/** Pieces of the components that more than one kind of page has: TypeScript with JSX, for the top level. */
export const tsxParts = { escapeJsx, section, fieldInterface, valueTypes, plain, show, compare, formFields };

const { has } = formParts;

/** Text as JSX content. */
function escapeJsx(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\{/g, '&#123;')
    .replace(/\}/g, '&#125;');
}

/** What a component returns: its heading and `content`, with its stylesheet's scope around them. */
function section(title: string, scope: string, content: readonly string[]): string[] {
  return [
    `<section className="${scope}">`,
    '  <header>',
    `    <h1 id="${scope}-title">${escapeJsx(title)}</h1>`,
    '  </header>',
    '  <div className="content">',
    ...content.map((line) => `    ${line}`),
    '  </div>',
    '</section>',
  ];
}

const optionalTypes = {
  sort: 'boolean',
  required: 'boolean',
  min: 'number',
  max: 'number',
  minLength: 'number',
  maxLength: 'number',
  currency: 'string',
  options: 'string[]',
  colors: 'Record<string, string>',
  matches: 'string',
} as const;

/** The type of a column or field, with the properties in use. */
function fieldInterface(name: string, fields: readonly Field[]): string {
  const used = Object.entries(optionalTypes).filter(([key]) => fields.some((field) => key in field));
  const lines = used.map(([key, type]) => `  ${key}?: ${type};`);
  return [`interface ${name} {`, '  key: string;', '  label: string;', '  type: string;', ...lines, '}'].join('\n');
}

function valueTypes(): string {
  return 'type Value = string | number | boolean;\nexport type Row = Record<string, Value>;';
}

function plain(fields: readonly Field[]): string {
  const yes = has(fields, 'boolean') ? "  if (typeof value === 'boolean') return value ? 'Yes' : 'No';\n" : '';
  return `function plain(value: Value | undefined): string {
${yes}  return String(value ?? '');
}`;
}

function show(fields: readonly Field[]): string {
  const plainFields = fields.filter((field) => !field.colors);
  const cases = Object.entries(shownAs)
    .filter(([type]) => has(plainFields, type as FieldType))
    .map(([type, code]) => conditional(`column.type === '${type}'`, code));
  const badge = fields.some((field) => field.colors)
    ? ["  if (column.colors) return <span className={`badge ${column.colors[text] ?? 'gray'}`}>{text}</span>;"]
    : [];
  const name = badge.length + cases.length > 0 ? 'column' : '_column';
  return [
    '// How a value is shown, by the type of its column.',
    `function show(${name}: Column, value: Value | undefined): ReactNode {`,
    '  const text = plain(value);',
    "  if (text === '') return '–';",
    ...badge,
    ...cases,
    '  return text;',
    '}',
  ].join('\n');
}

/** An early return on one line where it fits, as prettier writes it. */
function conditional(condition: string, code: string): string {
  const line = `  if (${condition}) return ${code};`;
  return line.length <= 120 ? line : `  if (${condition})\n    return ${code};`;
}

const shownAs: Partial<Record<FieldType, string>> = {
  email: '<a href={`mailto:${text}`}>{text}</a>',
  phone: "<a href={`tel:${text.replace(/\\s/g, '')}`}>{text}</a>",
  url: '/^https?:/i.test(text) ? <a href={text}>{text}</a> : text',
  image: '<img src={text} alt="" />',
  money: "Number(value).toLocaleString('en', { style: 'currency', currency: column.currency })",
  percent: '`${text} %`',
  date: "new Date(`${text}T00:00`).toLocaleDateString('en', { dateStyle: 'medium' })",
};

function compare(): string {
  return `function compare(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return plain(a).localeCompare(plain(b), undefined, { numeric: true });
}`;
}

/** A labelled control, and a check that says in words what is wrong. `type` is the interface of a field. */
function formFields(fields: readonly Field[], type: string): string {
  return [
    'type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;',
    formParts.inputTypes(fields, 'inputTypes: Record<string, string>'),
    fieldRow(fields, type),
    problemWith(fields, type),
  ].join('\n\n');
}

function fieldRow(fields: readonly Field[], type: string): string {
  const bounds = formParts.bounds(fields);
  const choices = choicesOf(fields);
  return [
    'interface RowProps {',
    `  field: ${type};`,
    '  problem: string | undefined;',
    '  value?: string | number | boolean | undefined;',
    '}',
    '',
    'function FieldRow({ field, problem, value }: RowProps) {',
    '  const id = `field-${field.key}`;',
    '  const shared = {',
    '    id,',
    '    name: field.key,',
    "    'aria-invalid': Boolean(problem),",
    "    'aria-describedby': `${id}-error`,",
    '  };',
    ...(choices === null ? [] : [`  const options = ${choices};`]),
    '  return (',
    '    <div className={`field ${field.type}`}>',
    `      <label htmlFor={id}>{${formParts.label(fields)}}</label>`,
    ...controls(fields, bounds, choices !== null),
    '      <p id={`${id}-error`} className="error">',
    '        {problem}',
    '      </p>',
    '    </div>',
    '  );',
    '}',
  ].join('\n');
}

/** Where the options of a field stand, by the types in use; null if no field has any. */
function choicesOf(fields: readonly Field[]): string | null {
  const ways = [
    ...(has(fields, 'select') ? ['field.options'] : []),
    ...(has(fields, 'badge') ? ['(field.colors && Object.keys(field.colors))'] : []),
  ];
  if (ways.length === 0) return null;
  return ways.length === 1 ? (ways[0] ?? '').replace(/^\((.*)\)$/, '$1') : ways.join(' ?? ');
}

/** The controls in use, each behind its own condition. */
function controls(fields: readonly Field[], bounds: readonly string[], choices: boolean): string[] {
  const kinds: { condition: string; lines: string[] }[] = [];
  if (choices) {
    kinds.push({
      condition: 'options',
      lines: [
        "<select {...shared} defaultValue={String(value ?? '')}>",
        '  <option value="">Choose…</option>',
        '  {options.map((option) => (',
        '    <option key={option}>{option}</option>',
        '  ))}',
        '</select>',
      ],
    });
  }
  if (has(fields, 'longText'))
    kinds.push({
      condition: "field.type === 'longText'",
      lines: ["<textarea {...shared} rows={4} defaultValue={String(value ?? '')} />"],
    });
  if (has(fields, 'boolean'))
    kinds.push({
      condition: "field.type === 'boolean'",
      lines: ['<input {...shared} type="checkbox" defaultChecked={value === true} />'],
    });
  const step = has(fields, 'number', 'money', 'percent') ? ['step="any"'] : [];
  const properties = [
    '{...shared}',
    "type={inputTypes[field.type] ?? 'text'}",
    ...step,
    ...bounds.map((key) => `${key}={field.${key}}`),
    "defaultValue={String(value ?? '')}",
  ];
  const indent = kinds.length === 0 ? 6 : 8;
  const flat = `<input ${properties.join(' ')} />`;
  const input = indent + flat.length <= 120 ? [flat] : ['<input', ...properties.map((each) => `  ${each}`), '/>'];
  if (kinds.length === 0) return input.map((line) => `      ${line}`);
  const lines = kinds.flatMap(({ condition, lines: own }, index) => [
    `${index === 0 ? '      {' : '      ) : '}${condition} ? (`,
    ...own.map((line) => `        ${line}`),
  ]);
  return [...lines, '      ) : (', ...input.map((line) => `        ${line}`), '      )}'];
}

function problemWith(fields: readonly Field[], type: string): string {
  const required = fields.filter((field) => field.required);
  const checks = [
    ...(has(required, 'boolean')
      ? [
          "  const ticked = control.matches(':checked');",
          "  if (control.type === 'checkbox') return field.required && !ticked ? 'Tick this box.' : '';",
        ]
      : []),
    ...formParts.checks(fields),
    ...(fields.some((field) => field.matches)
      ? [
          '  const other = field.matches && controlOf(form, field.matches);',
          "  if (other && control.value !== other.value) return 'Not the same.';",
        ]
      : []),
  ];
  return `function controlOf(form: HTMLFormElement, key: string): Control {
  return form.elements.namedItem(key) as Control;
}

// What is wrong with a field, in words; empty if nothing is.
function problemWith(form: HTMLFormElement, field: ${type}): string {
  const control = controlOf(form, field.key);
  const { validity } = control;
${checks.join('\n')}${checks.length > 0 ? '\n' : ''}  return validity.valid ? '' : control.validationMessage;
}

function problemsIn(form: HTMLFormElement, fields: ${type}[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.key, problemWith(form, field)]));
}`;
}
