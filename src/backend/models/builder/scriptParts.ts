import { formParts } from './formParts.ts';
import type { Field, FieldType } from './pageSpec.ts';

/**
 * Pieces of the scripts that more than one kind of page has. Each is plain JavaScript, ready to stand at the top level.
 */
export const scriptParts = { element, plain, show, compare, formFields };

const { has } = formParts;

/** Builds nodes by hand, so that no data ever becomes markup. */
function element(): string {
  return `function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}`;
}

/** The text of a value, as people read and search it. */
function plain(fields: readonly Field[]): string {
  const yes = has(fields, 'boolean') ? "  if (typeof value === 'boolean') return value ? 'Yes' : 'No';\n" : '';
  return `function plain(value) {
${yes}  return String(value ?? '');
}`;
}

/** How a value stands in a cell. Only the types in use get a case. */
function show(fields: readonly Field[]): string {
  const plainFields = fields.filter((field) => !field.colors);
  const cases = Object.entries(shownAs)
    .filter(([type]) => has(plainFields, type as FieldType))
    .map(([type, code]) => `  if (column.type === '${type}') return ${code};`);
  const badge = fields.some((field) => field.colors)
    ? ["  if (column.colors) return element('span', { class: `badge ${column.colors[text] ?? 'gray'}` }, text);"]
    : [];
  return [
    '// How a value is shown, by the type of its column.',
    'function show(column, value) {',
    '  const text = plain(value);',
    "  if (text === '') return '–';",
    ...badge,
    ...cases,
    '  return text;',
    '}',
  ].join('\n');
}

const shownAs: Partial<Record<FieldType, string>> = {
  email: "element('a', { href: `mailto:${text}` }, text)",
  phone: "element('a', { href: `tel:${text.replace(/\\s/g, '')}` }, text)",
  url: "/^https?:/i.test(text) ? element('a', { href: text }, text) : text",
  image: "element('img', { src: text, alt: '' })",
  money: "value.toLocaleString('en', { style: 'currency', currency: column.currency })",
  percent: '`${text} %`',
  date: "new Date(`${text}T00:00`).toLocaleDateString('en', { dateStyle: 'medium' })",
};

function compare(): string {
  return `function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), undefined, { numeric: true });
}`;
}

/** Labelled controls, and a check that says in words what is wrong with a value. */
function formFields(fields: readonly Field[], dialog: boolean): string {
  const inputs = formParts.inputTypes(fields, 'inputTypes');
  return [inputs, controlFor(fields), fieldFor(fields), problemWith(fields, dialog), check].join('\n\n');
}

function controlFor(fields: readonly Field[]): string {
  const lines = formParts
    .bounds(fields)
    .map((key) => `  if (field.${key} !== undefined) attributes.${key.toLowerCase()} = field.${key};`);
  const choices = has(fields, 'badge')
    ? 'const options = field.options ?? (field.colors && Object.keys(field.colors));'
    : has(fields, 'select')
      ? 'const { options } = field;'
      : '';
  const step = has(fields, 'money', 'percent', 'number')
    ? ["  if (inputTypes[field.type] === 'number') attributes.step = 'any';"]
    : [];
  return [
    'function controlFor(field) {',
    '  const id = `field-${field.key}`;',
    "  const attributes = { id, name: field.key, 'aria-describedby': `${id}-error` };",
    "  if (field.required) attributes.required = '';",
    ...lines,
    ...step,
    ...(choices === ''
      ? []
      : [
          `  ${choices}`,
          '  if (options) {',
          "    const choices = options.map((option) => element('option', { value: option }, option));",
          "    return element('select', attributes, element('option', { value: '' }, 'Choose…'), ...choices);",
          '  }',
        ]),
    ...(has(fields, 'longText')
      ? ["  if (field.type === 'longText') return element('textarea', { ...attributes, rows: 4 });"]
      : []),
    "  return element('input', { ...attributes, type: inputTypes[field.type] ?? 'text' });",
    '}',
  ].join('\n');
}

function fieldFor(fields: readonly Field[]): string {
  return `function fieldFor(field) {
  const control = controlFor(field);
  const label = ${formParts.label(fields)};
  control.addEventListener('input', () => {
    if (control.getAttribute('aria-invalid') === 'true') check(field);
  });
  return element(
    'div',
    { class: \`field \${field.type}\` },
    element('label', { for: control.id }, label),
    control,
    element('p', { id: \`\${control.id}-error\`, class: 'error' }),
  );
}`;
}

function problemWith(fields: readonly Field[], dialog: boolean): string {
  const required = fields.filter((field) => field.required);
  const checks = [
    ...(has(required, 'boolean')
      ? ["  if (field.type === 'boolean') return field.required && !control.checked ? 'Tick this box.' : '';"]
      : []),
    ...formParts.checks(fields),
    ...(!dialog && fields.some((field) => field.matches)
      ? ["  if (field.matches && control.value !== controlOf({ key: field.matches }).value) return 'Not the same.';"]
      : []),
  ];
  return `function controlOf(field) {
  return document.getElementById(\`field-\${field.key}\`);
}

// What is wrong with a field, in words; empty if nothing is.
function problemWith(field) {
  const control = controlOf(field);
  const { validity } = control;
${checks.join('\n')}${checks.length > 0 ? '\n' : ''}  return validity.valid ? '' : control.validationMessage;
}`;
}

const check = `function check(field) {
  const control = controlOf(field);
  const problem = problemWith(field);
  control.setAttribute('aria-invalid', String(problem !== ''));
  document.getElementById(\`\${control.id}-error\`).textContent = problem;
  return problem === '';
}`;
