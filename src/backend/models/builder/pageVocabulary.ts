import { wordTable } from '../../../core/wordTable.ts';

/**
 * Columns a table gets where the person named none, in the words of a request; only for nouns everybody means the same
 * by.
 */
export const usualColumns = wordTable<string>({
  users: 'name, email, role, status badge',
  customers: 'name, email, phone, company, status badge',
  contacts: 'name, email, phone, company',
  people: 'name, email, phone, city',
  employees: 'name, email, department select, start date',
  members: 'name, email, plan, joined',
  students: 'name, email, course, start date',
  products: 'name, sku, category, price, stock number',
  orders: 'order number (text), customer, order date, total, status badge',
  invoices: 'invoice number (text), customer, due date, amount, status badge',
  tasks: 'title, assignee, priority badge, due date, status badge',
  todos: 'title, due date, status badge',
  projects: 'name, owner, deadline, status badge',
  tickets: 'title, customer, priority badge, status badge, created',
  books: 'title, author, year, category',
  posts: 'title, author, published on, status badge',
  events: 'title, date, time, location, status badge',
  bookings: 'guest, date, time, guests number, status badge',
  leads: 'name, company, email, status badge',
  expenses: 'description (text), category, date, amount',
  payments: 'reference, customer, date, amount, status badge',
  companies: 'name, website, city, employees',
  items: 'name, status badge, updated',
  activities: 'user, event, date',
  transactions: 'reference, customer, date, amount, status badge',
  signups: 'name, email, joined',
  sales: 'product, customer, date, amount',
});

/** What a dashboard shows where only its subject was named; the parts in the words of a request. */
export const usualParts = wordTable<string>({
  '': 'revenue, orders, customers and conversion rate, a bar chart of revenue by month, a table of recent orders',
  sales: 'revenue, orders, customers and conversion rate, a bar chart of revenue by month, a table of recent orders',
  orders: 'orders, revenue and average order value, a bar chart of orders by month, a table of recent orders',
  shop: 'revenue, orders, customers and conversion rate, a bar chart of revenue by month, a table of recent orders',
  analytics: 'visitors, page views and bounce rate, a line chart of visitors by day',
  users: 'users, new users and active users, a line chart of new users by month, a table of recent users',
  admin: 'users, orders, revenue, a bar chart of revenue by month, a table of recent users',
  support: 'open tickets, closed tickets and response hours, a bar chart of tickets by week, a table of recent tickets',
  finance: 'revenue, cost and profit, a line chart of profit by month, a table of recent invoices',
  projects: 'projects, open tasks and completed tasks, a bar chart of completed tasks by week, a table of recent tasks',
  marketing: 'visitors, leads and conversion rate, a line chart of leads by week',
});

/** Forms everybody knows: fields in the words of a request, heading and button. */
export const usualForms = wordTable<{ fields: string; title: string; button: string }>({
  signup: {
    fields: 'name, email, password (min 8), confirm password',
    title: 'Create an account',
    button: 'Sign up',
  },
  login: {
    fields: 'email, password, remember me',
    title: 'Log in',
    button: 'Log in',
  },
  contact: {
    fields: 'name, email, subject, message',
    title: 'Contact us',
    button: 'Send message',
  },
  feedback: {
    fields: 'name (optional), email (optional), rating (1-5), message',
    title: 'Feedback',
    button: 'Send feedback',
  },
  newsletter: {
    fields: 'email, accept terms checkbox',
    title: 'Newsletter',
    button: 'Subscribe',
  },
  checkout: {
    fields: 'full name, email, street address, city, postal code, country select, payment method',
    title: 'Checkout',
    button: 'Place order',
  },
  booking: {
    fields: 'name, email, date, time, guests number',
    title: 'Book',
    button: 'Book',
  },
  profile: {
    fields: 'name, email, phone (optional), website (optional), bio (optional)',
    title: 'Profile',
    button: 'Save',
  },
  address: {
    fields: 'full name, street address, city, postal code, country select',
    title: 'Address',
    button: 'Save address',
  },
});

/** Other words for the forms above. */
export const formNames = wordTable<string>({
  'sign-up': 'signup',
  registration: 'signup',
  register: 'signup',
  'sign-in': 'login',
  signin: 'login',
  reservation: 'booking',
  appointment: 'booking',
  subscribe: 'newsletter',
  'newsletter signup': 'newsletter',
  'newsletter sign-up': 'newsletter',
  'user registration': 'signup',
  'account creation': 'signup',
  'customer feedback': 'feedback',
  'contact us': 'contact',
  'user profile': 'profile',
  shipping: 'address',
  'shipping address': 'address',
});

/** What a form does, as its button says it. */
export const doingWords = wordTable<string>({
  add: 'Add',
  adding: 'Add',
  create: 'Create',
  creating: 'Create',
  edit: 'Edit',
  editing: 'Edit',
  register: 'Register',
  registering: 'Register',
  enter: 'Enter',
  entering: 'Enter',
  submit: 'Submit',
  submitting: 'Submit',
  request: 'Request',
  requesting: 'Request',
  book: 'Book',
  booking: 'Book',
  order: 'Order',
  ordering: 'Order',
  report: 'Report',
  reporting: 'Report',
  record: 'Record',
  recording: 'Record',
  collect: 'Enter',
  collecting: 'Enter',
  rate: 'Rate',
  rating: 'Rate',
});

/** Nouns that make a table, page or form something else than Builder's. */
export const otherNouns = new RegExp(
  `\\b(${[
    'it|this|that|them|pivot|sql|database|db|hash|multiplication|periodic|truth|routing|league|lookup|comparison|pricing|price comparison|conversion|decision|time|seating|dinner|coffee|pool|billiard|contents|html5|css',
    'landing|home|about|blog|marketing|welcome|error|404|legal|privacy|terms|faq|help|documentation|docs|portfolio|gallery|game|chat|kanban|calendar|map|tree|nested|virtual|infinite|excel|spreadsheet|editable|inline|drag|settings|mailing|linked|skip|price-list|play|check|checklist|shopping cart|cart',
    'api|rest|graphql|backend|server|auth|oauth|payment form|stripe|upload|file|search results|search|survey builder|form builder|dynamic|real-time|realtime|live|animated|3d|vue|svelte|angular|python|php|swift|kotlin|android|ios|email template|pdf|word|tests?|function|class|hook|script|query|migration|schema|model|bug|error',
  ].join('|')})\\b`,
  'i',
);
