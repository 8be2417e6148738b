import assert from 'node:assert/strict';
import { classifyRequest, requestKinds, type RequestKind } from '../../../src/core/requestKind.ts';

const labelled: Record<RequestKind, readonly string[]> = {
  question: [
    'How do I run this locally?',
    'Which file holds the routes?',
    'Why is the header blue?',
    'Is there a way to see the logs?',
    'What is the difference between these two hooks?',
    'Does the form validate on blur?',
    'where are the colours defined',
    'Should I use a Map or an object here?',
    'Why does this fail?',
  ],
  explain: [
    'Explain how the router works',
    'Walk me through the login code',
    'What does useEffect cleanup do in this file?',
    'Can you explain this regular expression?',
    'Summarize what app.js does',
    'How does the cache work?',
    '/explain',
  ],
  tweak: [
    'Change header to blue',
    'Make the save button text say Submit instead',
    'Increase font size of body text to 16px',
    'make the logo bigger',
    'Rename the title to Customers',
    'remove the underline from nav links',
    'footer bg should be #0f172a',
    "Can you change the page title from 'Dashbord' to 'Dashboard'? typo",
    'Center the heading',
    'more space between the form fields, like 16px',
    'Fix the typo in the header',
    'Change the dashboard title to Overview',
    'Hide the footer',
  ],
  'add-field': [
    'Add a phone column to the users table',
    'add an email field to the signup form',
    'Add sorting',
    'now add a date filter',
    'Add a delete button to each row',
    'Please add validation to the form',
    'make the table sortable',
    'also a delete button',
    'Show an error message under each field',
    'Could you add a dark mode toggle?',
    'add pagination to the list, 20 per page',
  ],
  table: [
    'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.',
    'Build a list of products with picture and price',
    'Make a pricing section with three cards',
    'I need a navbar with a logo and four links',
    'Create a landing page for a bakery',
    'Add a gallery to the home page',
    'Can you build me a calendar component?',
    'generate a table of orders',
  ],
  form: [
    'Create a contact form with name, email and message',
    'i need a login page',
    'can you add a form',
    'Build a signup form with validation',
    'Make a registration form with email, password and a checkbox for the terms',
    'design a survey about coffee',
  ],
  crud: [
    'Create a page to manage products: list, add, edit and delete',
    'Build a CRUD page for customers',
    'I need a todo list where I can add, edit and delete items',
    'Make a user management page with search',
    'build an inventory manager with create, update and delete',
  ],
  'multi-step-form': [
    'Create a multi-step form: account, address, payment, review',
    'Build a checkout flow with three steps',
    'I need an onboarding wizard',
    'Make a 4-step registration form with a progress bar',
    'add a stepper with account, company and plan',
  ],
  dashboard: [
    'Create a dashboard with revenue, orders and a chart of sales',
    'make a dashboard',
    'Build an analytics page with four KPI cards and two charts',
    'I want an admin panel with users and statistics',
    'design a sales dashboard with filters by month',
  ],
  refactor: [
    'Refactor OrderService so that the pricing rules live in their own class',
    'Extract the validation into its own module',
    'Split app.js into smaller files',
    'Rename getUser to loadUser everywhere',
    'Convert the class components to hooks',
    'Clean up the CSS, there are many duplicates',
    'migrate the project to TypeScript',
  ],
  fix: [
    "The login button doesn't work",
    'Fix the bug in the cart total',
    'TypeError: Cannot read properties of undefined (reading map) at ProductList.tsx:42',
    'The page crashes when the list is empty',
    'I get an error when I submit the form',
    'sorting is broken on the price column',
    'The build fails since the last change',
    'Fix the failing tests',
    'the modal does not close on escape',
  ],
  tests: [
    'Write unit tests for the cart',
    'Add tests for the date parser',
    'Cover billing.ts with tests',
    '/tests src/app.js',
    'We need more test coverage in the api folder',
    'create an e2e test that logs in',
  ],
  plan: [
    'Make a plan for moving to a monorepo',
    'Plan how to add payments',
    '/plan a booking app',
    'Draft an architecture for offline sync',
    'Outline the steps to add authentication',
    'Give me a roadmap for the next release',
  ],
};

describe('classifyRequest', () => {
  for (const kind of requestKinds) {
    for (const sentence of labelled[kind]) {
      it(`takes "${sentence}" as ${kind}`, () => assert.equal(classifyRequest(sentence), kind));
    }
  }

  it('answers for any text, an empty one and a pasted log included', () => {
    for (const text of [
      '',
      ' ',
      '?',
      'ändere bitte die Farbe',
      '表を作って',
      'x'.repeat(1_000_000),
      'add '.repeat(10_000),
    ]) {
      assert.ok(requestKinds.includes(classifyRequest(text)));
    }
  });

  it('looks at the request, not at what is pasted after it', () => {
    const pasted = `Change header to blue\n\n${'body { color: red }\n'.repeat(80)}TypeError: x is not a function`;
    assert.equal(classifyRequest(pasted), 'tweak');
  });

  it('does not depend on case or spacing', () => {
    assert.equal(classifyRequest('  CREATE   A\nusers TABLE '), 'table');
  });
});
