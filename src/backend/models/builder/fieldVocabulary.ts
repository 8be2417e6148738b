import type { BadgeColor, FieldType } from './pageSpec.ts';
import { wordTable } from '../../../core/wordTable.ts';

/** How the words of a label tell its type; the first rule that fits wins. The words stay in the label. */
export const labelTypes: readonly (readonly [RegExp, FieldType])[] = [
  [/passwort$/, 'password'],
  [/(telefon|handy|mobil)(nummer|nr)?$/, 'phone'],
  [/datum$|geburtstag$|^(erstellt|fällig|eingestellt)( am)?$/, 'date'],
  [/uhrzeit$/, 'time'],
  [/preis$|betrag$|umsatz$|gehalt$|kosten$|^summe$/, 'money'],
  [/anzahl$|menge$|^alter$|bestand$|^jahr$/, 'number'],
  [/beschreibung$|notiz(en)?$|bemerkung(en)?$|kommentare?$|nachricht$/, 'longText'],
  [/^(aktiv|bezahlt|erledigt|verfügbar)$/, 'boolean'],
  [/^(bild|foto)$/, 'image'],
  [/^webseite$/, 'url'],
  [/\b(confirm|repeat)( the)? password\b|\bpasswords?$|\bpassphrase$/, 'password'],
  [/\be-?mails?( address)?$/, 'email'],
  [/\b(phone|mobile|telephone|fax|cell)( number| no)?$/, 'phone'],
  [/\b(picture|image|photo|avatar|logo|thumbnail|cover|icon)s?( url| link)?$/, 'image'],
  [/\b(urls?|links?|website|homepage|web ?site|site)$/, 'url'],
  [/\b(date|birthday|birthdate|dob|deadline|joined|created|updated|due|born)$|\b(date|day) of \w+$/, 'date'],
  [
    /\b(created|updated|joined|published|placed|hired|sent|paid|due|started|ended|last seen)( at| on)$|\blast (login|seen|visit)$/,
    'date',
  ],
  [/\btime$/, 'time'],
  [
    /\b(price|cost|amount|total|subtotal|salary|revenue|budget|fee|tax|balance|wage|rent|payment|spend|spent|profit|income|sales)$/,
    'money',
  ],
  [/\b(percent|percentage|discount|rate|margin|progress)$|%$/, 'percent'],
  [
    /\b(age|stock|quantity|qty|count|number|size|weight|height|width|length|rating|score|points|year|seats|guests|units|hours|minutes|days|level|rank|population|capacity|inventory|visitors|visits|orders|customers|employees|priority order)$|^(number|amount|count) of /,
    'number',
  ],
  [
    /^(is|has|can) |\b(active|enabled|verified|paid|completed|published|subscribed|featured|newsletter|in stock|available|agree|accept|remember me|terms)$|\b(agree|accept)\b/,
    'boolean',
  ],
  [/\b(status|state)$/, 'select'],
  [
    /\b(role|category|priority|country|department|gender|plan|type|stage|severity|topic|subject area|currency|language|payment method|title prefix|t-?shirt size)$/,
    'select',
  ],
  [
    /\b(description|notes?|comments?|message|bio|biography|about|summary|details|feedback|review|instructions|reason|question)$/,
    'longText',
  ],
];

/** Words that say a type and are no part of the label. */
export const typeWords: readonly (readonly [RegExp, FieldType])[] = [
  [/^(multi-?line( text)?|text ?area|long text|paragraph)$/, 'longText'],
  [/^(e-?mail)( address)?$/, 'email'],
  [/^(phone|telephone|tel)( number)?$/, 'phone'],
  [/^(url|link|web ?link|hyperlink)$/, 'url'],
  [/^(image|picture|photo|thumbnail|avatar)( url)?$/, 'image'],
  [/^(number|numeric|integer|int|whole number|decimal|float)$/, 'number'],
  [/^(money|currency|amount|price)$/, 'money'],
  [/^(percent|percentage)$/, 'percent'],
  [/^(date|calendar date|date picker|datepicker)$/, 'date'],
  [/^(time|time picker)$/, 'time'],
  [/^(boolean|bool|check ?box|toggle|yes ?\/ ?no|yes or no|true ?\/ ?false)$/, 'boolean'],
  [/^(password)$/, 'password'],
  [
    /^(select|drop-?down|drop down|select box|picklist|choice|options?|enum|combo ?box|select list|dropdown list|radio|radio buttons?)$/,
    'select',
  ],
  [/^((colou?r(ed|ful)?|status) )?(badge|pill|chip|tag|label)s?$/, 'badge'],
  [/^(text|string|plain text|short text)$/, 'text'],
];

/** What a choice offers where the person named no options; the first rule that fits the label and the noun wins. */
export const optionRules: readonly { label: RegExp; noun?: RegExp; options: readonly string[] }[] = [
  {
    label: /status|state|stage/,
    noun: /order|purchase|shipment|deliver/,
    options: ['Pending', 'Paid', 'Shipped', 'Cancelled'],
  },
  {
    label: /status|state|stage/,
    noun: /invoice|payment|bill|transaction|expense/,
    options: ['Paid', 'Pending', 'Overdue'],
  },
  {
    label: /status|state|stage/,
    noun: /task|todo|issue|ticket|project|bug|job|milestone/,
    options: ['To do', 'In progress', 'Done'],
  },
  { label: /status|state|stage/, noun: /product|stock|inventor/, options: ['In stock', 'Low stock', 'Sold out'] },
  { label: /status|state|stage/, noun: /post|article|page|book|course/, options: ['Draft', 'Review', 'Published'] },
  { label: /status|state|stage/, noun: /lead|deal|opportunit/, options: ['New', 'Contacted', 'Won', 'Lost'] },
  {
    label: /status|state|stage/,
    noun: /booking|reservation|appointment|event/,
    options: ['Confirmed', 'Pending', 'Cancelled'],
  },
  { label: /status|state|stage/, options: ['Active', 'Invited', 'Suspended'] },
  { label: /role/, options: ['Admin', 'Editor', 'Viewer'] },
  { label: /priority|severity/, options: ['Low', 'Medium', 'High'] },
  {
    label: /country/,
    options: [
      'Austria',
      'Brazil',
      'Canada',
      'France',
      'Germany',
      'India',
      'Japan',
      'Kenya',
      'United Kingdom',
      'United States',
    ],
  },
  { label: /department/, options: ['Engineering', 'Finance', 'Marketing', 'Operations', 'Sales'] },
  { label: /gender/, options: ['Female', 'Male', 'Other', 'Prefer not to say'] },
  { label: /plan/, options: ['Free', 'Basic', 'Pro'] },
  { label: /payment method/, options: ['Card', 'Bank transfer', 'Invoice'] },
  { label: /currency/, options: ['EUR', 'GBP', 'JPY', 'USD'] },
  { label: /language/, options: ['English', 'French', 'German', 'Spanish'] },
  { label: /t-?shirt size|size/, options: ['S', 'M', 'L', 'XL'] },
  { label: /topic/, options: ['Question', 'Problem', 'Idea'] },
  { label: /category/, noun: /product|item/, options: ['Home', 'Kitchen', 'Office', 'Outdoor'] },
  { label: /category|type/, noun: /expense|cost/, options: ['Travel', 'Meals', 'Software', 'Office'] },
  { label: /category|type/, noun: /book/, options: ['Fiction', 'History', 'Science'] },
];

/** Which colour a badge gets by the meaning of its word; what stands in no list takes the quiet colours in turn. */
export const colorWords: readonly (readonly [RegExp, BadgeColor])[] = [
  [/^(in ?active|disabled|archived|closed|draft|none|viewer|unknown|free|no|off|offline|to ?do|backlog)$/, 'gray'],
  [
    /^(active|enabled|paid|done|completed?|approved|published|in stock|available|won|confirmed|delivered|success(ful)?|online|verified|yes|on|low|resolved|accepted|passed)$/,
    'green',
  ],
  [
    /^(pending|waiting|review|low stock|medium|overdue soon|trial|on hold|paused|away|warning|contacted|unpaid|processing)$/,
    'amber',
  ],
  [
    /^(suspended|blocked|banned|cancel+ed|failed|rejected|overdue|sold out|out of stock|high|critical|urgent|lost|error|expired|deleted|denied|refunded)$/,
    'red',
  ],
  [/^(invited|new|open|in progress|shipped|editor|sent|started|info|basic|scheduled)$/, 'blue'],
  [/^(admin|owner|pro|premium|vip)$/, 'purple'],
];

export const colorNames = wordTable<BadgeColor>({
  green: 'green',
  blue: 'blue',
  amber: 'amber',
  yellow: 'amber',
  orange: 'amber',
  red: 'red',
  purple: 'purple',
  violet: 'purple',
  gray: 'gray',
  grey: 'gray',
});

export const currencies = wordTable<string>({
  euro: 'EUR',
  euros: 'EUR',
  eur: 'EUR',
  '€': 'EUR',
  dollar: 'USD',
  dollars: 'USD',
  usd: 'USD',
  $: 'USD',
  pound: 'GBP',
  pounds: 'GBP',
  gbp: 'GBP',
  '£': 'GBP',
  yen: 'JPY',
  jpy: 'JPY',
  chf: 'CHF',
});

/** Words that no label holds: they ask for behaviour that Builder doesn't have, or show that the list was misread. */
export const neverInLabel = new RegExp(
  `\\b(${[
    'to|from|that|which|when|whenever|if|unless|while|after|before|onto|into|via|using|through|per|every|each|all|any|only|then|should|must|will|would|can|cannot|could|with|without|where|so|because|like|as|than|but|or|not|no|it|them|they|this|these|those|you|we|i|my',
    'sort|sortable|sorted|sorting|search|searchable|filter|filters|filterable|filtering|paging|pagination|paginated|required|optional|responsive|crud|badges?|validation|validated|first on|options|steps?|users can',
    'add|create|make|build|export|import|download|upload|uploader|drag|drop|drag-and-drop|fetch|load|loading|lazy|save|saved|persist|sync|send|submit|redirect|open|click|clicking|hover|expand|expandable|collapse|collapsible|resize|resizable|reorder|select-all|selection|selectable|multi-select|bulk|batch|undo|print|copy|share|translate|validate|calculate|compute|computed|sum|average|group|grouped|grouping|pivot|merge|nested|highlight|animate|animated|animation|autosave|autocomplete|infinite|scroll|scrolling|sticky|virtual|realtime|real-time|live|websocket|api|rest|graphql|backend|server|database|db|sql|json|csv|excel|pdf|xml|auth|authentication|authorization|oauth|login with|captcha|localstorage|cookie|theme|dark|light mode|sidebar|navbar|navigation|menu|tabs?|modal|dialog|popup|tooltip|toast|drawer|accordion|carousel|slider|gallery|map|calendar|kanban|board|timeline|tree|chat|video|audio|signature|picker|editor component|rich text|markdown|wysiwyg|avatar upload|charts?|graphs?|pie|donut|sparkline|footer|header|hero|button|buttons|actions?|icons?|logo animation|skeleton|spinner|tests|typescript|python|vue|svelte|angular|react|php|django|rails|tailwind|bootstrap|material|mui|component|components|hook|redux|column|columns|field|fields|table|form|page|list|dashboard',
  ].join('|')})\\b`,
  'i',
);
