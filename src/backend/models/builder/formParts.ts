import { inOrder, type Field, type FieldType, type FormSpec } from './pageSpec.ts';

/** What the forms of scripts and of components have in common: code that reads the same in both. */
export const formParts = { has, steps, inputTypes, bounds, label, checks, answers };

/** The longest line that prettier leaves in one piece. */
const LINE_WIDTH = 120;

function has(fields: readonly Field[], ...types: FieldType[]): boolean {
  return fields.some((field) => types.includes(field.type));
}

/** The steps as they stand in the code. */
function steps(spec: FormSpec): { title: string; fields: Record<string, unknown>[] }[] {
  return spec.steps.map(({ title, fields }) => ({ title, fields: fields.map(inOrder) }));
}

/** Input types; text is what is left. */
const typesOfInputs: Partial<Record<FieldType, string>> = {
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

/** The table of the input types in use; `name` is its name, with its type in TypeScript. */
function inputTypes(fields: readonly Field[], name: string): string {
  const used = Object.entries(typesOfInputs).filter(([type]) => has(fields, type as FieldType));
  const entries = used.map(([type, input]) => `${type}: '${input}'`);
  const flat = `const ${name} = ${entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`};`;
  return flat.length <= LINE_WIDTH
    ? flat
    : [`const ${name} = {`, ...entries.map((each) => `  ${each},`), '};'].join('\n');
}

/** The bounds that some field has. */
function bounds(fields: readonly Field[]): ('min' | 'max' | 'minLength' | 'maxLength')[] {
  return (['min', 'max', 'minLength', 'maxLength'] as const).filter((key) => fields.some((field) => key in field));
}

/** The words at a control, as an expression. */
function label(fields: readonly Field[]): string {
  return fields.some((field) => !field.required)
    ? 'field.required ? field.label : `${field.label} (optional)`'
    : 'field.label';
}

/** Lines that return what is wrong with the value of `control`, in words. Only the types in use get a line. */
function checks(fields: readonly Field[]): string[] {
  const lines: [boolean, ...string[]][] = [
    [
      fields.some((field) => field.required),
      "  if (field.required && control.value.trim() === '') return `${field.label} is missing.`;",
    ],
    [
      has(fields, 'email'),
      "  if (field.type === 'email' && validity.typeMismatch) return 'Write an address like name@example.com.';",
    ],
    [
      has(fields, 'url'),
      "  if (field.type === 'url' && validity.typeMismatch) return 'Write a link like https://example.com.';",
    ],
    [
      has(fields, 'phone'),
      "  if (field.type === 'phone' && control.value && !/^\\+?[\\d ()/-]{5,20}$/.test(control.value)) {",
      "    return 'Write a number like +1 555 0100.';",
      '  }',
    ],
    [
      fields.some((field) => field.minLength),
      '  const { minLength = 0 } = field;',
      '  if (control.value && control.value.length < minLength) return `At least ${minLength} characters.`;',
    ],
  ];
  return lines.flatMap(([isUsed, ...own]) => (isUsed ? own : []));
}

/** Lines that return the value of `control` for people to check; `checked` says whether a box is ticked. */
function answers(fields: readonly Field[], checked: string): string[] {
  return [
    ...(has(fields, 'boolean') ? [`  if (field.type === 'boolean') return ${checked} ? 'Yes' : 'No';`] : []),
    ...(has(fields, 'password') ? ["  if (field.type === 'password') return control.value && 'Hidden';"] : []),
    ...(has(fields, 'date')
      ? [
          "  if (field.type === 'date' && control.value) {",
          "    return new Date(`${control.value}T00:00`).toLocaleDateString('en', { dateStyle: 'medium' });",
          '  }',
        ]
      : []),
    '  return control.value.trim();',
  ];
}
