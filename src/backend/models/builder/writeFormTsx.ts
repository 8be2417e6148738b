import { formParts } from './formParts.ts';
import { literal } from './literal.ts';
import { inOrder, type FormSpec } from './pageSpec.ts';
import { tsxParts } from './tsxParts.ts';

/** The component of a form or of a form in steps. Its lists of data are what a later change reads the page from. */
export function writeFormTsx(spec: FormSpec, component: string, scope: string): string {
  const fields = spec.steps.flatMap((step) => step.fields);
  const stepped = spec.kind === 'steps';
  const parts = [
    `import { ${stepped ? 'useEffect, useRef, ' : ''}useState, type FormEvent } from 'react';\nimport './${component}.css';`,
    tsxParts.fieldInterface('Field', fields),
    stepped
      ? `interface Step {\n  title: string;\n  fields: Field[];\n}\n\n${literal.printConst('steps', formParts.steps(spec), ': Step[]')}`
      : literal.printConst('fields', fields.map(inOrder), ': Field[]'),
    tsxParts.formFields(fields, 'Field'),
    ...(stepped ? [answerOf(spec)] : []),
    componentOf(spec, component, scope),
  ];
  return `${parts.join('\n\n')}\n`;
}

function componentOf(spec: FormSpec, component: string, scope: string): string {
  const stepped = spec.kind === 'steps';
  return `interface ${component}Props {
  /** Gets the values once every field is right. */
  onSend?: (values: Record<string, FormDataEntryValue>) => void;
}

export function ${component}({ onSend }: ${component}Props) {
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [message, setMessage] = useState('');
${stepped ? stepState : ''}
  function handleSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
${stepped ? '    const fields = steps[current]?.fields ?? [];\n' : ''}    const found = problemsIn(form, fields);
    setProblems(found);
    const wrong = fields.filter((field) => found[field.key]);
    const [first] = wrong;
    if (first) {
      const count = wrong.length === 1 ? 'One field needs' : \`\${wrong.length} fields need\`;
      setMessage(\`\${count} another look.\`);
      controlOf(form, first.key).focus();
      return;
    }
${stepped ? goOn : ''}    onSend?.(Object.fromEntries(new FormData(form)));
    setMessage(onSend ? 'Sent.' : 'Every field is right. Nothing was sent: this form has no server yet.');
  }

  return (
${tsxParts
  .section(spec.title, scope, stepped ? stepMarkup(spec, scope) : plainMarkup(spec, scope))
  .map((line) => `    ${line}`)
  .join('\n')}
  );
}`;
}

const stepState = `  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [place, setPlace] = useState({ step: 0, focus: '' });
  const formRef = useRef<HTMLFormElement>(null);
  const current = place.step;
  const last = steps.length - 1;

  // Moving the focus to its heading announces a step.
  useEffect(() => {
    if (place.focus !== '') formRef.current?.querySelector<HTMLElement>(place.focus)?.focus();
  }, [place]);

  function goTo(step: number, focus = 'fieldset:not([hidden]) legend') {
    setMessage('');
    setPlace({ step, focus });
  }
`;

const goOn = `    if (current < last) {
      const before = steps.slice(0, last).flatMap((step) => step.fields);
      setAnswers(Object.fromEntries(before.map((field) => [field.key, answerOf(form, field)])));
      goTo(current + 1);
      return;
    }
`;

/** How a value stands in the review. */
function answerOf(spec: FormSpec): string {
  const before = spec.steps.slice(0, -1).flatMap((step) => step.fields);
  return [
    'function answerOf(form: HTMLFormElement, field: Field): string {',
    '  const control = controlOf(form, field.key);',
    ...formParts.answers(before, "control.matches(':checked')"),
    '}',
  ].join('\n');
}

function plainMarkup(spec: FormSpec, scope: string): string[] {
  return [
    `<form noValidate aria-labelledby="${scope}-title" onSubmit={handleSubmit}>`,
    '  {fields.map((field) => (',
    '    <FieldRow key={field.key} field={field} problem={problems[field.key]} />',
    '  ))}',
    '  <div className="actions">',
    `    <button className="primary">${tsxParts.escapeJsx(spec.button)}</button>`,
    '  </div>',
    '  <p role="alert">{message}</p>',
    '</form>',
  ];
}

const review = [
  '      {index === last && current === last && (',
  '        <dl className="answers">',
  '          {steps.slice(0, last).map((each, at) =>',
  '            each.fields.map(({ key, label }) => (',
  '              <div key={key}>',
  '                <dt>{label}</dt>',
  "                <dd>{answers[key] || 'No answer'}</dd>",
  '                <dd>',
  '                  <button',
  '                    type="button"',
  '                    aria-label={`Change ${label}`}',
  '                    onClick={() => goTo(at, `#field-${key}`)}',
  '                  >',
  '                    Change',
  '                  </button>',
  '                </dd>',
  '              </div>',
  '            )),',
  '          )}',
  '        </dl>',
  '      )}',
];

function stepMarkup(spec: FormSpec, scope: string): string[] {
  return [
    '<ol className="progress">',
    '  {steps.map((step, index) => (',
    "    <li key={step.title} aria-current={index === current ? 'step' : undefined}>",
    '      {step.title}',
    '    </li>',
    '  ))}',
    '</ol>',
    `<form ref={formRef} noValidate aria-labelledby="${scope}-title" onSubmit={handleSubmit}>`,
    '  {steps.map((step, index) => (',
    '    <fieldset key={step.title} hidden={index !== current}>',
    '      <legend tabIndex={-1}>',
    '        Step {index + 1} of {steps.length}: {step.title}',
    '      </legend>',
    ...review,
    '      {step.fields.map((field) => (',
    '        <FieldRow key={field.key} field={field} problem={problems[field.key]} />',
    '      ))}',
    '    </fieldset>',
    '  ))}',
    '  <div className="actions">',
    '    <button type="button" hidden={current === 0} onClick={() => goTo(current - 1)}>',
    '      Back',
    '    </button>',
    `    <button className="primary">{current === last ? ${literal.print(spec.button)} : 'Next'}</button>`,
    '  </div>',
    '  <p role="alert">{message}</p>',
    '</form>',
  ];
}
