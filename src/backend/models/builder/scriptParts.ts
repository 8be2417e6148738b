import type { Field, FieldType } from './pageSpec.ts';

/**
 * Pieces of the scripts that more than one kind of page has. Each is plain JavaScript, ready to stand at the top level.
 */
export const scriptParts = { element, plain, show, compare, formFields };

function has(fields: readonly Field[], ...types: FieldType[]): boolean {
  return fields.some((field) => types.includes(field.type));
}

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

/** Input types of the fields in use; text is what is left. */
const inputTypes: Partial<Record<FieldType, string>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  image: 'url',
  number: 'number',
  money: 'number',
  percent: 'number',
  date: 'date',
  time: 'time',
  boolean: 'checkbox',
  password: 'password',
};

/** Labelled controls, and a check that says in words what is wrong with a value. */
function formFields(fields: readonly Field[], dialog: boolean): string {
  const types = Object.entries(inputTypes).filter(([type]) => has(fields, type as FieldType));
  const entries = types.map(([type, input]) => `${type}: '${input}'`);
  const flat = `const inputTypes = ${entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`};`;
  const inputs =
    flat.length <= 120 ? flat : ['const inputTypes = {', ...entries.map((each) => `  ${each},`), '};'].join('\n');
  return [inputs, controlFor(fields), fieldFor(fields), problemWith(fields, dialog), check].join('\n\n');
}

function controlFor(fields: readonly Field[]): string {
  const attributes = (
    [
      ['min', 'min'],
      ['max', 'max'],
      ['minLength', 'minlength'],
      ['maxLength', 'maxlength'],
    ] as const
  ).filter(([key]) => fields.some((field) => field[key] !== undefined));
  const lines = attributes.map(([key, name]) => `  if (field.${key} !== undefined) attributes.${name} = field.${key};`);
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
  const optional = fields.some((field) => !field.required);
  return `function fieldFor(field) {
  const control = controlFor(field);
  const label = ${optional ? 'field.required ? field.label : `${field.label} (optional)`' : 'field.label'};
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
  const required = fields.some((field) => field.required);
  const checks = [
    ...(required &&
    has(
      fields.filter((field) => field.required),
      'boolean',
    )
      ? ["  if (field.type === 'boolean') return field.required && !control.checked ? 'Tick this box.' : '';"]
      : []),
    ...(required ? ["  if (field.required && control.value.trim() === '') return `${field.label} is missing.`;"] : []),
    ...(has(fields, 'email')
      ? ["  if (field.type === 'email' && validity.typeMismatch) return 'Write an address like name@example.com.';"]
      : []),
    ...(has(fields, 'url')
      ? ["  if (field.type === 'url' && validity.typeMismatch) return 'Write a link like https://example.com.';"]
      : []),
    ...(has(fields, 'phone')
      ? [
          "  if (field.type === 'phone' && control.value && !/^\\+?[\\d ()/-]{5,20}$/.test(control.value)) {",
          "    return 'Write a number like +1 555 0100.';",
          '  }',
        ]
      : []),
    ...(fields.some((field) => field.minLength)
      ? [
          '  const { minLength = 0 } = field;',
          '  if (control.value && control.value.length < minLength) return `At least ${minLength} characters.`;',
        ]
      : []),
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
