/**
 * Shorthand and common misspellings of the words that decide what is asked for, in their usual spelling. Names in
 * quotes stay as they were written.
 */
export function correctSpelling(text: string): string {
  return text
    .split(/("[^"]*")/)
    .map((part, index) => (index % 2 === 1 ? part : correct(part)))
    .join('');
}

function correct(text: string): string {
  return (
    text
      // In the middle of a list it is the German postal code.
      .replace(/^plz(?=\s)|(?<=[^,]\s)(?<!\band\s)plz$/gi, 'please')
      .replace(/\bw\/o(?=\s)/gi, 'without')
      .replace(/(^|\s)w\/\s?(?=\S)/gi, '$1with ')
      .replace(/[a-z]+/gi, correctWord)
  );
}

function correctWord(word: string): string {
  const right = misspelled.get(word.toLowerCase());
  if (right === undefined) return word;
  return /^[A-Z]/.test(word) ? right.charAt(0).toUpperCase() + right.slice(1) : right;
}

const misspelled = new Map(
  Object.entries({
    address: 'adress adres',
    button: 'btn buton',
    checkbox: 'chekbox checkbx',
    column: 'colum collumn colunm coloumn columm',
    columns: 'colums collumns colunms coloumns columms',
    create: 'creat craete cretae',
    customers: 'custommers costumers',
    dashboard: 'dashbord dashbaord dasboard',
    delete: 'delte deleet',
    dropdown: 'dropdwon dropdonw',
    email: 'emial emai',
    employees: 'employes emplyees',
    field: 'feild',
    fields: 'feilds',
    filter: 'fitler',
    first: 'frist',
    form: 'fomr',
    make: 'mkae',
    name: 'nmae',
    optional: 'optionnal',
    pagination: 'paginaton pagintion pagnation',
    password: 'passowrd pasword',
    please: 'pls plese pleas',
    products: 'produts prodcuts porducts',
    registration: 'registraton',
    remove: 'remvoe',
    rename: 'renmae',
    required: 'requred requierd',
    search: 'serach seach saerch',
    sort: 'srot',
    sortable: 'sortabel',
    sorting: 'sortting',
    status: 'staus statsu',
    table: 'tabel tabl talbe',
    validation: 'validaton',
    with: 'wiht wtih whit',
  }).flatMap(([right, wrongs]) => wrongs.split(' ').map((wrong): [string, string] => [wrong, right])),
);
