import { formParts } from './formParts.ts';
import { literal } from './literal.ts';
import { inOrder, type FormSpec } from './pageSpec.ts';
import { scriptParts } from './scriptParts.ts';

/**
 * The script of a form or of a form in steps. Its first lines are data: they are what a later change reads the page
 * from.
 */
export function writeFormScript(spec: FormSpec): string {
  const fields = spec.steps.flatMap((step) => step.fields);
  const stepped = spec.kind === 'steps';
  const data = stepped
    ? literal.printConst('steps', formParts.steps(spec))
    : literal.printConst('fields', fields.map(inOrder));
  const parts = [
    "'use strict';",
    data,
    "const form = document.querySelector('form');\nconst message = document.querySelector('[role=\"alert\"]');",
    scriptParts.element(),
    scriptParts.formFields(fields, false),
    send,
    stepped ? stepScript(spec) : plainScript,
  ];
  return `${parts.join('\n\n')}\n`;
}

const send = `// Runs once every field is right. Put the request to your server here.
function send(values) {
  const count = Object.keys(values).length;
  message.textContent = \`\${count} fields are right. Nothing was sent: there is no server yet.\`;
}

// Says what is wrong and goes to the first field that is.
function checkAll(checked) {
  const wrong = checked.filter((field) => !check(field));
  if (wrong.length === 0) return true;
  const count = wrong.length === 1 ? 'One field needs' : \`\${wrong.length} fields need\`;
  message.textContent = \`\${count} another look.\`;
  controlOf(wrong[0]).focus();
  return false;
}`;

const plainScript = `form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (checkAll(fields)) send(Object.fromEntries(new FormData(form)));
});

form.prepend(...fields.map(fieldFor));`;

function stepScript(spec: FormSpec): string {
  return `const back = document.getElementById('back');
const next = document.getElementById('next');
const last = steps.length - 1;
const answers = element('dl', { class: 'answers' });
const fieldsets = steps.map((step, index) => {
  const legend = element('legend', { tabindex: -1 }, \`Step \${index + 1} of \${steps.length}: \${step.title}\`);
  return element('fieldset', {}, legend, ...(index === last ? [answers] : []), ...step.fields.map(fieldFor));
});
const marks = steps.map((step) => element('li', {}, step.title));
let current = 0;

${answerOf(spec)}

// The last step lists every answer, each with a way back to it.
function answerFor(field, index) {
  const change = element('button', { type: 'button', 'aria-label': \`Change \${field.label}\` }, 'Change');
  change.addEventListener('click', () => {
    showStep(index);
    controlOf(field).focus();
  });
  const value = answerOf(field) || 'No answer';
  return element('div', {}, element('dt', {}, field.label), element('dd', {}, value), element('dd', {}, change));
}

function showStep(index) {
  current = index;
  fieldsets.forEach((fieldset, place) => (fieldset.hidden = place !== index));
  marks.forEach((mark, place) => mark.setAttribute('aria-current', place === index ? 'step' : 'false'));
  back.hidden = index === 0;
  next.textContent = index === last ? ${literal.print(spec.button)} : 'Next';
  message.textContent = '';
  const before = index === last ? steps.slice(0, last) : [];
  answers.replaceChildren(...before.flatMap(({ fields }, place) => fields.map((field) => answerFor(field, place))));
}

// Moving the focus to its heading announces a step.
function goTo(index) {
  showStep(index);
  fieldsets[index].querySelector('legend').focus();
}

back.addEventListener('click', () => goTo(current - 1));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!checkAll(steps[current].fields)) return;
  if (current < last) goTo(current + 1);
  else send(Object.fromEntries(new FormData(form)));
});

document.querySelector('.progress').append(...marks);
form.prepend(...fieldsets);
showStep(0);`;
}

/** How a value stands in the review. */
function answerOf(spec: FormSpec): string {
  return [
    'function answerOf(field) {',
    '  const control = controlOf(field);',
    ...formParts.answers(
      spec.steps.slice(0, -1).flatMap((step) => step.fields),
      'control.checked',
    ),
    '}',
  ].join('\n');
}
