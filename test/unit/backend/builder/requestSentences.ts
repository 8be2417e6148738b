/**
 * What people write, and what it should be read as; null is a refusal. Fields are `key:type`, `!` required, `^`
 * sortable.
 */
export const requestSentences: readonly (readonly [said: string, read: string | null])[] = [
  // Tables
  [
    'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.',
    'table users: name:text^ email:email^ status:badge^{Active=green,Invited=blue,Suspended=red}',
  ],
  [
    'make me a page listing products with price, stock and a picture url, sortable',
    'table products: price:money^ stock:number^ pictureUrl:image',
  ],
  [
    'Create an orders table with columns id, customer, total and placed-on date, newest first',
    'table orders: id:text customer:text total:money placedOnDate:date^ from placedOnDate down',
  ],
  ['users table: name, email', 'table users: name:text email:email'],
  [
    'I need a table of customers showing name, phone number and website',
    'table customers: name:text phoneNumber:phone website:url',
  ],
  [
    'please build a responsive, accessible table of employees with name, email and hire date',
    'table employees: name:text email:email hireDate:date',
  ],
  [
    "I'd like a sortable list of movies with title, year, rating (1-5) and watched checkbox please",
    'table movies: title:text^ year:number^ rating:number^>=1<=5 watched:boolean^',
  ],
  [
    'Create a table of invoices showing number, client, amount, due date and status badge (paid green, overdue red), sortable by amount and due date, filter by status',
    'table invoices: number:number client:text amount:money^ dueDate:date^ status:badge{Paid=green,Overdue=red} filter status',
  ],
  [
    'Create a users table with columns:\n- name\n- email\n- role (admin, editor, viewer)\n- active (boolean)\n\nAdd sorting, search and paging.',
    'table users: name:text^ email:email^ role:select^{Admin,Editor,Viewer} active:boolean^ search name,email,role page 10',
  ],
  ['a todo list', 'table todos: title:text dueDate:date status:badge{To do=gray,In progress=blue,Done=green}'],
  ['Create a table', 'table items: name:text status:badge{Active=green,Invited=blue,Suspended=red} updated:date'],
  [
    'list of books with title and price in euros. Show 5 per page. Search by title.',
    'table books: title:text price:money search title page 5',
  ],
  [
    'Make a products table with name, category dropdown and in stock checkbox; sort by name',
    'table products: name:text^ category:select{Home,Kitchen,Office,Outdoor} inStock:boolean',
  ],
  [
    'Create a members table titled "Our members" with first and last name',
    'table members "Our members": firstName:text lastName:text',
  ],
  [
    'Create a cities table with name and population. The name should be sortable.',
    'table cities: name:text^ population:number',
  ],
  // As people type
  ['make me a table of produts w/ name, price and stock pls', 'table products: name:text price:money stock:number'],
  [
    'products page with search and pagination',
    'table products: name:text sku:text category:select{Home,Kitchen,Office,Outdoor} price:money stock:number search name,sku,category page 10',
  ],
  ['creat a users tabel with name and emial', 'table users: name:text email:email'],
  ['plz make a "Tabel of plz" list', null],
  [
    'customers table with Name, Straße, PLZ, Ort, Telefonnummer, Geburtsdatum, Umsatz',
    'table customers: name:text strasse:text plz:text ort:text telefonnummer:phone geburtsdatum:date umsatz:money',
  ],
  [
    'I want a table showing all my books - title, author, year, rating',
    'table books: title:text author:text year:number rating:number',
  ],
  [
    'create a list of employees w/ name, start date & salary, default sort by start date',
    'table employees: name:text startDate:date^ salary:money from startDate up',
  ],
  [
    'table of invoices with number, amount, paid yes/no, sent (yes/no)',
    'table invoices: number:number amount:money paid:boolean sent:boolean',
  ],
  // CRUD
  [
    'Build a CRUD page for employees with name, email, department (Engineering, Sales, HR), salary in euros and start date. Validate the fields.',
    'crud employees: name:text! email:email department:select{Engineering,Sales,HR} salary:money startDate:date',
  ],
  ['I want to manage products: name, price, stock', 'crud products: name:text! price:money stock:number'],
  [
    'Create a users page with name, email, role, and let me add, edit and delete users',
    'crud users: name:text! email:email role:select{Admin,Editor,Viewer}',
  ],
  ['product management page with name and price (required)', 'crud products: name:text! price:money!'],
  // Forms
  [
    'I need a signup form: email, password (min 8), country select',
    'form signup-form "Create an account": email:email! password:password!#8 country:select!{Austria,Brazil,Canada,France,Germany,India,Japan,Kenya,United Kingdom,United States}',
  ],
  [
    'signup form w/ validation',
    'form signup-form "Create an account": name:text! email:email! password:password!#8 confirmPassword:password!=password',
  ],
  [
    'newsletter signup form',
    'form newsletter-signup-form "Newsletter": email:email! acceptTerms:boolean! button Subscribe',
  ],
  [
    'simple login form with remember me',
    'form login-form "Log in": email:email! password:password! rememberMe:boolean',
  ],
  ['i need a login page', 'form login-form "Log in": email:email! password:password! rememberMe:boolean'],
  [
    'Feedback form with name, email, rating from 1 to 5 and message',
    'form feedback-form "Feedback": name:text! email:email! rating:number!>=1<=5 message:longText!',
  ],
  [
    'Form to add a new product: name (required), description (textarea, optional), price (min 0), category dropdown, in stock checkbox. Button text "Save product"',
    'form product-form "Add product": name:text! description:longText price:money!>=0 category:select!{Home,Kitchen,Office,Outdoor} inStock:boolean button Save product',
  ],
  [
    'contact form with name, email and message. The name is optional.',
    'form contact-form "Contact us": name:text email:email! message:longText!',
  ],
  [
    'Create a registration form with email, password at least 12 characters, confirm password',
    'form registration-form "Create an account": email:email! password:password!#12 confirmPassword:password!=password',
  ],
  [
    'Create a contact form with fields: name, email, subject, message. Validate that name, email and message are filled in and that the email is valid.',
    'form contact-form "Contact us": name:text! email:email! subject:text message:longText!',
  ],
  [
    'Create a signup form with email and password. Validate the email and that the password has at least 8 characters.',
    'form signup-form "Create an account": email:email! password:password!#8',
  ],
  // Steps
  [
    '3-step checkout form with full name, email, street, city, zip, card holder',
    'steps checkout-form "Checkout": [Step 1] fullName:text! email:email! [Step 2] street:text! city:text! [Step 3] zip:text! cardHolder:text! [Review]',
  ],
  [
    'Make a wizard with steps: Account (email, password), Profile (name, phone), Review (notes)',
    'steps details-form "Details": [Account] email:email! password:password! [Profile] name:text! phone:phone! [Review] notes:longText',
  ],
  [
    'Create a multi-step form for job applications: step 1 personal details (name, email), step 2 experience (years number, resume link)',
    'steps job-applications-form "Job applications": [Personal details] name:text! email:email! [Experience] years:number! resumeLink:url! [Review]',
  ],
  [
    'Create a multi-step form for a job application: personal details, experience',
    'steps job-application-form "Job application": [Personal details] fullName:text! dateOfBirth:date! [Experience] currentEmployer:text! jobTitle:text! yearsOfExperience:text! [Review]',
  ],
  [
    'Create a 3-step registration form: account, profile (name, bio), and preferences',
    'steps registration-form "Create an account": [Account] email:email! password:password!#8 confirmPassword:password!=password [Profile] name:text! bio:longText [Preferences] newsletter:boolean productNews:boolean [Review]',
  ],
  [
    'Create a checkout wizard: shipping, payment, review',
    'steps checkout-form "Checkout": [Shipping] streetAddress:text! city:text! postalCode:text! country:select!{Austria,Brazil,Canada,France,Germany,India,Japan,Kenya,United Kingdom,United States} [Payment] nameOnCard:text! cardNumber:text! cardExpiry:text! securityCode:text! [Review]',
  ],
  [
    'multi step form: step 1 contact (name, email), step 2 order (product, quantity), step 3 confirmation',
    'steps details-form "Details": [Contact] name:text! email:email! [Order] product:text! quantity:number! [Confirmation]',
  ],
  ['Create a wizard: review, account', null],
  // Dashboards
  [
    'Create a sales dashboard with revenue, orders and customers cards, a line chart of revenue by month and a table of recent orders',
    'dashboard sales-dashboard: Revenue:money Orders:number Customers:number | Revenue by month:line | Recent orders',
  ],
  [
    'Create a dashboard with cards: total users, active users, churn rate; a bar chart of signups per week; and a list of latest users (name, email, joined)',
    'dashboard dashboard: Total users:number Active users:number Churn rate:percent | Signups by week:bar | Latest users',
  ],
  [
    'make a dashboard',
    'dashboard dashboard: Revenue:money Orders:number Customers:number Conversion rate:percent | Revenue by month:bar | Recent orders',
  ],
  [
    'Create a dashboard with key figures for revenue, orders and customers, and a table of the latest orders.',
    'dashboard dashboard: Revenue:money Orders:number Customers:number | Latest orders',
  ],
  [
    'a sales dashboard with revenue, orders, a chart by month and recent orders',
    'dashboard sales-dashboard: Revenue:money Orders:number | Revenue by month:bar | Recent orders',
  ],
  [
    'Create a dashboard with revenue, orders and a monthly chart',
    'dashboard dashboard: Revenue:money Orders:number | Revenue by month:bar',
  ],
  [
    'dashboard with total users, signups, a bar chart and latest customers',
    'dashboard dashboard: Total users:number Signups:number | Total users by month:bar | Latest customers',
  ],
  [
    'Make a dashboard that shows revenue by month, orders by week and top products',
    'dashboard dashboard: Revenue by month:bar Orders by week:bar | Top products',
  ],
  [
    'a dashboard for my shop with sales, a graph of sales over the last 6 months, and the latest orders',
    'dashboard shop-dashboard: Sales:money | Sales by month:bar | Latest orders',
  ],
  [
    'analytics dashboard with page views, bounce rate and top pages',
    'dashboard analytics-dashboard: Page views:number Bounce rate:percent | Top pages',
  ],
  [
    'dashboard: revenue, profit, cost, revenue trend, recent invoices',
    'dashboard dashboard: Revenue:money Profit:money Cost:money | Revenue by month:line | Recent invoices',
  ],
  [
    'project dashboard with open tasks, a weekly chart of completed tasks and a list of recent tasks with title, assignee, due date',
    'dashboard project-dashboard: Open tasks:number | Completed tasks by week:bar | Recent tasks',
  ],
  [
    'support dashboard with open tickets, average response time, tickets by week chart and the 5 latest tickets',
    'dashboard support-dashboard: Open tickets:number Average response time:number | Tickets by week:bar | Latest tickets',
  ],
  [
    'a finance dashboard with KPI cards for revenue and cost, charts of revenue and cost by month, and recent transactions',
    'dashboard finance-dashboard: Revenue:money Cost:money | Revenue by month:bar Cost by month:bar | Recent transactions',
  ],
  [
    'Create a dashboard with 3 cards (users, orders, revenue), a bar chart and a table of recent orders',
    'dashboard dashboard: Users:number Orders:number Revenue:money | Users by month:bar | Recent orders',
  ],
  [
    'dashboard with revenue and orders at the top, a line chart below and recent customers at the bottom',
    'dashboard dashboard: Revenue:money Orders:number | Revenue by month:line | Recent customers',
  ],
  [
    'sales dashboard with recent orders, revenue and a monthly revenue chart',
    'dashboard sales-dashboard: Revenue:money | Revenue by month:bar | Recent orders',
  ],
  [
    'dashboard with key metrics, a revenue chart and recent activity',
    'dashboard dashboard: Revenue:money Orders:number Customers:number Conversion rate:percent | Revenue by month:bar | Recent activity',
  ],
  [
    'user dashboard with new users this month, a chart showing user growth, and a table of the newest users',
    'dashboard user-dashboard: New users this month:number | User growth by month:bar | Newest users',
  ],
  [
    'sales dashboard with total sales, a table with the last 10 orders (order id, customer, amount) and number of orders',
    'dashboard sales-dashboard: Total sales:money Orders:number | Last orders',
  ],
  [
    'dashboard with revenue, orders cards and two charts: revenue by month and orders by week',
    'dashboard dashboard: Revenue:money Orders:number | Revenue by month:bar Orders by week:bar',
  ],
  [
    'HR dashboard with headcount, open positions, hires by month and latest employees',
    'dashboard hr-dashboard: Headcount:number Open positions:number | Hires by month:bar | Latest employees',
  ],
  [
    'make a support dashboard',
    'dashboard support-dashboard: Open tickets:number Closed tickets:number Response hours:number | Tickets by week:bar | Recent tickets',
  ],
  [
    'marketing dashboard',
    'dashboard marketing-dashboard: Visitors:number Leads:number Conversion rate:percent | Leads by week:line',
  ],
  ['Create a dashboard with a chart by month', 'dashboard: which figures?'],
  ['marketing dashboard with leads and a chart of leads by channel', null],
  // Changes
  ['Add a phone column after email', 'change: add phone:phone after email'],
  ['Add name column', 'change: add name:text'],
  ['Make status a badge', 'change: badge status'],
  ['Add sorting', 'change: sort all'],
  ['Add search and pagination (5 per page) to the users table', 'change users: search all, paging 5'],
  [
    'rename the Email column to "E-mail address" and filter by status',
    'change: rename Email to E-mail address, filter status',
  ],
  ['Make the role column a colored badge. Remove the phone column.', 'change: badge role, remove phone'],
  ["change the title to 'Team members'", 'change: title Team members'],
  [
    'Add a country dropdown to the signup form',
    'change signup: add country:select{Austria,Brazil,Canada,France,Germany,India,Japan,Kenya,United Kingdom,United States}',
  ],
  ['add a birthday field and make it required', 'change: add birthday:date, required birthday'],
  [
    '1. add a notes column\n2. add sorting\n3. rename Name to Full name',
    'change: add notes:longText, sort all, rename Name to Full name',
  ],
  ['in users.html please add a search box', 'change users: search all'],
  ['add a search box above the list', 'change: search all'],
  ['delete column email', 'change: remove email'],
  ['remove subject', 'change: remove subject'],
  ['remove the search box and the pagination', 'change: without search paging'],
  ['remove pagination', 'change: without paging'],
  ['drop the filters', 'change: without filters'],
  ['rename price to cost', 'change: rename price to Cost'],
  ['sort by date by default', 'change: from date up'],
  ['sort by date descending', 'change: from date down'],
  ['sort by price, lowest first', 'change: from price up'],
  ['newest orders first', 'change: from newest down'],
  ['sort by name', 'change: from name up'],
  ['sort the users by price from high to low', 'change: from price down'],
  ['sort by name and email', 'change: sort name email'],
  ['make name sortable', 'change: sort name'],
  ['add sorting on name', 'change: sort name'],
  ['add phone number', 'change: add phoneNumber:phone'],
  ['add department dropdown (IT, HR)', 'change: add department:select{IT,HR}'],
  ['change the button to "Join us"', 'change: button'],
  ['let me add, edit and delete users', 'change: crud'],
  ['add edit and delete buttons', 'change: crud'],
  ['make it crud', 'change: crud'],
  ['filter by role and status and 5 rows per page', 'change: filter role status, paging 5'],
  ['add a line chart of orders by week', 'change: chart Orders by week:line'],
  ['add a refunds card', 'change: metric Refunds:number'],
  ['add employees', null],
  // Lacking: understood, but for what it should hold
  ['job application wizard with 3 steps', 'job application form: which fields?'],
  ['Create a spaceships table', 'spaceships table: which columns?'],
  ['weather dashboard', 'weather dashboard: which figures?'],
  // Refusals: other work
  ['Change header to blue', null],
  ['make the table nicer', null],
  ['make it responsive', null],
  ['Explain how the table sorting works', null],
  ['Why is my users table empty?', null],
  ['Fix the bug in my users table', null],
  ['Write a function that sorts users by name', null],
  ['Create a REST API for users with name and email', null],
  ['create table users (id int, name text)', null],
  ['Write tests for the signup form', null],
  ['Refactor users.js into modules', null],
  ['Crée un tableau des utilisateurs avec nom et email', null],
  ['thanks!', null],
  ['', null],
  // Refusals: near misses
  [
    'Build a landing page for a coffee subscription: hero with subtitle and CTA, three plan cards, FAQ accordion, footer with links',
    null,
  ],
  ['build a contacts list with name and phone from contacts.json', null],
  ['Create a users table with name, email. Load data from /api/users', null],
  ['Create a users table and export it to csv', null],
  ['Create a users table with dark mode', null],
  ['Create a users table with name and drag and drop reordering', null],
  ['Create a pivot table of sales', null],
  ['Create a kanban board with tasks', null],
  ['Create a pricing table with three plans', null],
  ['Create a users table with name, email and an edit button that opens a modal', null],
  [
    'add batch delete to the users list: checkbox per row, a select-all box, a confirm dialog, and a toast that says how many were removed',
    null,
  ],
  ['Add a chart of weekly signups to the admin page', 'change admin: chart Signups by week:bar'],
  ['Add a sidebar with links to the settings pages', null],
  ['add a color picker to the profile form and save the choice to localStorage', null],
  ['Split the checkout form into two steps', null],
  ['change the color column from string to an enum in the products table and write the migration', null],
  ['add a forgot password page that emails a reset link valid for one hour', null],
  ['Create a dashboard with a pie chart of sales by region', null],
  ['Create a users table with name and name', null],
  ['Create a users table with name, password', null],
  ['can you add a form', 'form: which fields?'],
  ['Create a users table with name and email, sortable by age', null],
  ['Create a users table without sorting', null],
  ['Create a users table with country select with options Austria, Germany and France', null],
  ['Create a signup form with email and password that posts to /signup', null],
  ['Create a users table with name, email (unique)', null],
  ['Create a signup form with email, password and sorting', null],
  ['Create a contact form with name and email. Check that the email is valid against our server.', null],
  ['Create a contact form with name and email. Make sure that the phone is filled in.', null],
  ['Create a form with name and email. Validate the email with a regex', null],
  ['Create a 9-step form with name and email', null],
  ['```js\nconst users = [];\n```\nmake a table of this', null],
];
