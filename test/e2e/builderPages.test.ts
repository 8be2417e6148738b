import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { axeProblems } from '../support/axeProblems.ts';
import { BuilderChat } from '../support/builderChat.ts';
import { launchChromium } from '../support/launchChromium.ts';

const USERS = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';
const BOOKS =
  'Create a page to manage books with title, author, year, price, in stock checkbox and status badge (available green, borrowed amber). ' +
  'Add sorting, search, filter by status and paging, 5 per page';
const SIGNUP =
  'I need a signup form: email, password (min 8), confirm password, country select, phone (optional), accept terms checkbox';
const WIZARD = 'Make a wizard with steps: Account (email, password), Profile (name, phone), Review (notes)';

describe('pages that builder makes', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let errors: string[];

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'builder-pages-'));
    page = await browser.newPage();
    errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    await rm(folder, { recursive: true, force: true });
    assert.deepEqual(errors, []);
  });

  /** Asks for a page, opens it by its file name alone, as a double click does, and looks at it with axe. */
  async function open(name: string, ...requests: string[]): Promise<void> {
    const chat = new BuilderChat();
    for (const request of requests) await chat.say(request);
    for (const [file, content] of chat.files) await writeFile(path.join(folder, file), content);
    await page.goto(pathToFileURL(path.join(folder, name)).href);
    assert.deepEqual(await axeProblems(page), []);
  }

  /** The same as a component: bundled with React, mounted, looked at with axe. */
  async function mount(component: string, ...requests: string[]): Promise<void> {
    const chat = new BuilderChat({ 'package.json': '{"dependencies":{"react":"19"}}' });
    for (const request of requests) await chat.say(request);
    for (const [file, content] of chat.files) await writeFile(path.join(folder, file), content);
    const entry = `import { createRoot } from 'react-dom/client'; import { ${component} } from './${component}.tsx';
      createRoot(document.getElementById('root')!).render(<main><${component} /></main>);`;
    await writeFile(path.join(folder, 'entry.tsx'), entry);
    await build({
      entryPoints: [path.join(folder, 'entry.tsx')],
      outfile: path.join(folder, 'out.js'),
      bundle: true,
      jsx: 'automatic',
      nodePaths: [path.join(projectRoot, 'node_modules')],
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
    });
    const html =
      '<!doctype html><html lang="en"><title>App</title><link rel="stylesheet" href="out.css"><div id="root"></div><script defer src="out.js"></script></html>';
    await writeFile(path.join(folder, 'app.html'), html);
    await page.goto(pathToFileURL(path.join(folder, 'app.html')).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(await axeProblems(page), []);
  }

  const column = async (place: number) => page.locator(`tbody tr > :nth-child(${place})`).allTextContents();
  const header = (name: string) => page.getByRole('columnheader', { name });
  const status = () => page.getByRole('status').textContent();

  async function sortsEveryColumn(): Promise<void> {
    for (const [index, name] of ['Name', 'Email', 'Status'].entries()) {
      await header(name).getByRole('button').click();
      const up = await column(index + 1);
      assert.deepEqual(
        up,
        up.toSorted((a, b) => a.localeCompare(b)),
      );
      assert.equal(await header(name).getAttribute('aria-sort'), 'ascending');
      await header(name).getByRole('button').focus();
      await page.keyboard.press('Enter');
      assert.deepEqual(await column(index + 1), up.toReversed());
      assert.equal(await header(name).getAttribute('aria-sort'), 'descending');
      assert.equal(await page.locator('[aria-sort]').count(), 1);
    }
    const badge = page.locator('.badge', { hasText: 'Active' }).first();
    assert.equal(await badge.evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(220, 252, 231)');
  }

  it('sort every column of the users table by click and by key', async () => {
    await open('users.html', USERS);
    await sortsEveryColumn();
  });

  it('do the same as a component', async () => {
    await mount('UsersTable', USERS);
    await sortsEveryColumn();
  });

  it('grow by follow-ups: search, filter, pages', async () => {
    await open('users.html', USERS, 'Add a phone column', 'Add search and pagination (3 per page)', 'filter by status');
    assert.equal(await page.getByRole('row').count(), 4);
    await page.getByRole('button', { name: 'Next' }).click();
    assert.match((await page.locator('nav').textContent()) ?? '', /Page 2 of 3/);
    await page.getByRole('searchbox', { name: 'Search' }).fill('AMARA');
    assert.equal(await status(), '1 user');
    await page.getByRole('searchbox', { name: 'Search' }).fill('nobody');
    assert.equal(await status(), 'No users found.');
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.getByLabel('Status').selectOption('Invited');
    assert.ok((await column(3)).every((text) => text === 'Invited'));
  });

  async function managesBooks(): Promise<void> {
    await page.getByRole('button', { name: 'Add book' }).click();
    const editor = page.getByRole('dialog', { name: 'Add book' });
    assert.deepEqual(await axeProblems(page), []);
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.getByText('Title is missing.').waitFor();
    await editor.getByLabel('Title').fill('000 <b>first</b>');
    await editor.getByLabel('Price').fill('12.5');
    await editor.getByLabel('In stock').check();
    await editor.getByLabel('Status').selectOption('Borrowed');
    await editor.getByRole('button', { name: 'Save' }).click();
    await header('Title').getByRole('button').click();
    assert.equal((await column(1))[0], '000 <b>first</b>');
    assert.equal((await column(4))[0], '$12.50');
    assert.equal((await column(5))[0], 'Yes');
    await page.getByRole('button', { name: 'Edit 000' }).click();
    await page.getByRole('dialog', { name: 'Edit book' }).getByLabel('Title').fill('001');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Delete 001' }).waitFor();
    assert.equal((await column(1))[0], '001');
    await page.getByRole('button', { name: 'Delete 001' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await column(1))[0], '001');
    await page.getByRole('button', { name: 'Delete 001' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete 001' }).waitFor({ state: 'detached' });
  }

  it('add, edit and delete rows, and keep them', async () => {
    await open('books.html', BOOKS);
    await managesBooks();
    await page.getByRole('button', { name: 'Delete' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('11 books').waitFor();
    await page.reload();
    assert.equal(await status(), '11 books');
  });

  it('add, edit and delete rows as a component', async () => {
    await mount('BooksPage', BOOKS);
    await managesBooks();
  });

  async function checksSignup(): Promise<void> {
    const send = page.getByRole('button', { name: 'Sign up' });
    await send.click();
    assert.equal(await page.getByRole('alert').textContent(), '5 fields need another look.');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'email');
    await page.getByLabel('Email').fill('someone');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByLabel('Confirm password').fill('other');
    await page.getByLabel('Phone (optional)').fill('call me');
    await send.click();
    for (const text of [
      'Write an address like',
      'At least 8 characters.',
      'Not the same.',
      'Write a number like',
      'Tick this box.',
    ]) {
      await page.getByText(text).waitFor();
    }
    assert.equal(await page.getByLabel('Email').getAttribute('aria-invalid'), 'true');
    await page.getByLabel('Email').fill('someone@example.com');
    await page.getByLabel('Password', { exact: true }).fill('long enough');
    await page.getByLabel('Confirm password').fill('long enough');
    await page.getByLabel('Phone (optional)').fill('+43 660 1234567');
    await page.getByLabel('Country').selectOption('Austria');
    const terms = page.getByLabel('I accept the terms');
    const box = await terms.boundingBox();
    const label = await page.getByText('I accept the terms').boundingBox();
    assert.ok(box && label && box.x + box.width <= label.x && box.y < label.y + label.height, 'the box comes first');
    await terms.check();
    await send.click();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /Nothing was sent/);
  }

  it('check a form field by field', async () => {
    await open('signup-form.html', SIGNUP);
    await checksSignup();
  });

  it('check a form as a component', async () => {
    await mount('SignupForm', SIGNUP);
    await checksSignup();
  });

  async function goesStepByStep(): Promise<void> {
    const next = page.getByRole('button', { name: 'Next' });
    await next.click();
    assert.equal(await page.getByRole('group', { name: 'Step 1 of 3: Account' }).count(), 1);
    await page.getByLabel('Email').fill('someone@example.com');
    await page.getByLabel('Password').fill('secret');
    await next.click();
    await page.getByRole('group', { name: 'Step 2 of 3: Profile' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    assert.equal(await page.getByLabel('Email').inputValue(), 'someone@example.com');
    await next.click();
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Phone').fill('+1 555 0100');
    await next.click();
    await page.getByRole('group', { name: 'Step 3 of 3: Review' }).waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /Nothing was sent/);
  }

  it('lead through steps and back', async () => {
    await open('details-form.html', WIZARD);
    await goesStepByStep();
  });

  it('lead through steps as a component', async () => {
    await mount('DetailsForm', WIZARD);
    await goesStepByStep();
  });

  it('show a dashboard whose charts can be heard', async () => {
    await open('dashboard.html', 'make a dashboard');
    assert.equal(await page.locator('.card').count(), 4);
    assert.match((await page.getByRole('img').first().getAttribute('aria-label')) ?? '', /^Revenue by month: Jan \$/);
    await mount('Dashboard', 'make a dashboard');
    assert.equal(await page.getByRole('img').count(), 1);
  });

  it('fit a phone', async () => {
    await page.setViewportSize({ width: 340, height: 640 });
    for (const [name, request] of [
      ['books.html', BOOKS],
      ['signup-form.html', SIGNUP],
      ['dashboard.html', 'make a dashboard'],
    ] as const) {
      await open(name, request);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is too wide`);
    }
  });
});
