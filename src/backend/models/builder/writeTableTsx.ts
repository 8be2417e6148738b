import { literal } from './literal.ts';
import { inOrder, type TableSpec } from './pageSpec.ts';
import { tsxParts } from './tsxParts.ts';

/** The component of a table or CRUD page. Its lists of data are what a later change reads the page from. */
export function writeTableTsx(spec: TableSpec, component: string, scope: string): string {
  const crud = spec.kind === 'crud';
  const hooks = crud
    ? 'useRef, useState, type FormEvent, type ReactNode'
    : states(spec).length > 0
      ? 'useState, type ReactNode'
      : 'type ReactNode';
  const note = crud
    ? '// What a page starts with; changes last until it is closed.'
    : '// Sample rows, for when none are given.';
  const parts = [
    `import { ${hooks} } from 'react';\nimport './${component}.css';`,
    tsxParts.fieldInterface('Column', spec.columns),
    tsxParts.valueTypes(),
    literal.printConst('columns', spec.columns.map(inOrder), ': Column[]'),
    `${note}\n${literal.printConst(crud ? 'sampleRows' : 'rows', spec.rows, ': Row[]')}`,
    ...(settings(spec) === '' ? [] : [settings(spec)]),
    tsxParts.plain(spec.columns),
    tsxParts.show(spec.columns),
    ...(sorts(spec) ? [tsxParts.compare()] : []),
    ...(crud ? [tsxParts.formFields(spec.columns, 'Column'), valueOf(spec)] : []),
    componentOf(spec, component, scope),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sorts(spec: TableSpec): boolean {
  return spec.columns.some((column) => column.sort);
}

function settings(spec: TableSpec): string {
  return [
    ...(spec.searchIn.length > 0 ? [`const searchIn = ${literal.print(spec.searchIn)};`] : []),
    ...(spec.filterBy.length > 0 ? [`const filterBy = ${literal.print(spec.filterBy)};`] : []),
    ...(spec.pageSize === null ? [] : [`const pageSize = ${spec.pageSize};`]),
  ].join('\n');
}

function states(spec: TableSpec): string[] {
  const start = spec.startSort ?? { key: '', descending: false };
  return [
    ...(spec.kind === 'crud'
      ? [
          'const [data, setData] = useState(sampleRows);',
          'const [edited, setEdited] = useState<Row | null>(null);',
          'const [problems, setProblems] = useState<Record<string, string>>({});',
          'const editor = useRef<HTMLDialogElement>(null);',
          'const confirmation = useRef<HTMLDialogElement>(null);',
        ]
      : []),
    ...(sorts(spec) ? [`const [sort, setSort] = useState(${literal.print(start)});`] : []),
    ...(spec.searchIn.length > 0 ? ["const [query, setQuery] = useState('');"] : []),
    ...(spec.filterBy.length > 0 ? ['const [filters, setFilters] = useState<Record<string, string>>({});'] : []),
    ...(spec.pageSize === null ? [] : ['const [page, setPage] = useState(0);']),
  ];
}

function componentOf(spec: TableSpec, component: string, scope: string): string {
  const props = spec.kind === 'crud' ? '' : '{ data = rows }: { data?: Row[] }';
  const body = [
    ...states(spec),
    '',
    ...found(spec),
    ...paging(spec),
    ...sortBy(spec),
    ...(spec.kind === 'crud' ? crudFunctions(spec) : []),
    '',
    'return (',
    ...markup(spec, scope).map((line) => `  ${line}`),
    ');',
  ];
  const lines = states(spec).length === 0 ? body.slice(1) : body;
  return [
    `export function ${component}(${props}) {`,
    ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
    '}',
  ].join('\n');
}

function found(spec: TableSpec): string[] {
  const tests = [
    ...(spec.searchIn.length > 0
      ? ['searchIn.some((key) => plain(row[key]).toLowerCase().includes(query.trim().toLowerCase()))']
      : []),
    ...(spec.filterBy.length > 0
      ? ["filterBy.every((key) => (filters[key] ?? '') === '' || plain(row[key]) === filters[key])"]
      : []),
  ];
  const narrowed =
    tests.length === 0
      ? ['const found = [...data];']
      : tests.length === 1
        ? ['const found = data.filter((row) =>', `  ${tests[0] ?? ''},`, ');']
        : [
            'const found = data.filter(',
            '  (row) =>',
            ...tests.map((test, index) => `    ${test}${index === tests.length - 1 ? ',' : ' &&'}`),
            ');',
          ];
  const { one, many } = spec.noun;
  return [
    ...narrowed,
    ...(sorts(spec)
      ? [
          'const direction = sort.descending ? -1 : 1;',
          "if (sort.key !== '') found.sort((a, b) => direction * compare(a[sort.key], b[sort.key]));",
        ]
      : []),
    `const noun = found.length === 1 ? ${literal.print(one)} : ${literal.print(many)};`,
  ];
}

function paging(spec: TableSpec): string[] {
  if (spec.pageSize === null) return [];
  return [
    'const pages = Math.max(1, Math.ceil(found.length / pageSize));',
    'const current = Math.min(page, pages - 1);',
    'const shown = found.slice(current * pageSize, (current + 1) * pageSize);',
  ];
}

function sortBy(spec: TableSpec): string[] {
  if (!sorts(spec)) return [];
  return [
    '',
    '// The first click on a header sorts ascending, the next one descending.',
    'function sortBy(key: string) {',
    '  setSort({ key, descending: sort.key === key && !sort.descending });',
    ...(spec.pageSize === null ? [] : ['  setPage(0);']),
    '}',
  ];
}

function valueOf(spec: TableSpec): string {
  const boolean = spec.columns.some((column) => column.type === 'boolean');
  const numeric = spec.columns.some((column) => /^(number|money|percent)$/.test(column.type));
  return [
    'function nameOf(row: Row): string {',
    "  return plain(row[columns[0]?.key ?? '']);",
    '}',
    '',
    'function valueOf(form: HTMLFormElement, column: Column): Value {',
    '  const control = controlOf(form, column.key);',
    ...(boolean ? ["  if (column.type === 'boolean') return control.matches(':checked');"] : []),
    ...(numeric ? ["  if (control.type === 'number' && control.value !== '') return Number(control.value);"] : []),
    '  return control.value.trim();',
    '}',
  ].join('\n');
}

function crudFunctions(spec: TableSpec): string[] {
  return [
    '',
    'function openEditor(row: Row | null) {',
    '  setEdited(row);',
    '  setProblems({});',
    '  editor.current?.showModal();',
    '}',
    '',
    'function save(event: FormEvent<HTMLFormElement>) {',
    '  event.preventDefault();',
    '  const form = event.currentTarget;',
    '  const wrong = problemsIn(form, columns);',
    '  setProblems(wrong);',
    '  const first = columns.find((column) => wrong[column.key]);',
    '  if (first) return controlOf(form, first.key).focus();',
    '  const row = Object.fromEntries(columns.map((column) => [column.key, valueOf(form, column)]));',
    '  setData(edited ? data.map((each) => (each === edited ? row : each)) : [...data, row]);',
    '  editor.current?.close();',
    '}',
    '',
    'function askToDelete(row: Row) {',
    '  setEdited(row);',
    '  confirmation.current?.showModal();',
    '}',
    '',
    'function deleteEdited() {',
    '  setData(data.filter((each) => each !== edited));',
    '  confirmation.current?.close();',
    '}',
    `const edits = edited !== null && data.includes(edited);`,
    `const editorTitle = edits ? ${literal.print(`Edit ${spec.noun.one}`)} : ${literal.print(`Add ${spec.noun.one}`)};`,
  ];
}

function markup(spec: TableSpec, scope: string): string[] {
  return tsxParts.section(spec.title, scope, [
    ...tools(spec),
    `<p role="status">{found.length === 0 ? 'Nothing to show.' : \`\${found.length} \${noun}\`}</p>`,
    ...table(spec, scope),
    ...pager(spec),
    ...(spec.kind === 'crud' ? dialogs : []),
  ]);
}

function tools(spec: TableSpec): string[] {
  const crud = spec.kind === 'crud';
  if (spec.searchIn.length + spec.filterBy.length === 0 && !crud) return [];
  const reset = spec.pageSize === null ? [] : ['      setPage(0);'];
  const search = [
    '  <label>',
    '    Search',
    ...(reset.length === 0
      ? ['    <input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />']
      : [
          '    <input',
          '      type="search"',
          '      value={query}',
          '      onChange={(event) => {',
          '        setQuery(event.target.value);',
          '        setPage(0);',
          '      }}',
          '    />',
        ]),
    '  </label>',
  ];
  const filters = [
    '  {filterBy.map((key) => (',
    '    <label key={key}>',
    '      {columns.find((column) => column.key === key)?.label}',
    '      <select',
    "        value={filters[key] ?? ''}",
    '        onChange={(event) => setFilters({ ...filters, [key]: event.target.value })}',
    '      >',
    '        <option value="">All</option>',
    '        {[...new Set(data.map((row) => plain(row[key])))].sort().map((value) => (',
    '          <option key={value}>{value}</option>',
    '        ))}',
    '      </select>',
    '    </label>',
    '  ))}',
  ];
  const add = [
    '  <div className="actions">',
    '    <button type="button" className="primary" onClick={() => openEditor(null)}>',
    `      Add ${tsxParts.escapeJsx(spec.noun.one)}`,
    '    </button>',
    '  </div>',
  ];
  return [
    '<div className="tools">',
    ...(spec.searchIn.length > 0 ? search : []),
    ...(spec.filterBy.length > 0 ? filters : []),
    ...(crud ? add : []),
    '</div>',
  ];
}

function table(spec: TableSpec, scope: string): string[] {
  const crud = spec.kind === 'crud';
  return [
    `<div className="scroll" role="region" aria-labelledby="${scope}-title" tabIndex={0}>`,
    `  <table aria-labelledby="${scope}-title">`,
    '    <thead>',
    '      <tr>',
    ...headers(spec).map((line) => `        ${line}`),
    ...(crud ? ['        <th scope="col">Actions</th>'] : []),
    '      </tr>',
    '    </thead>',
    '    <tbody>',
    `      {${spec.pageSize === null ? 'found' : 'shown'}.map((row, index) => (`,
    '        <tr key={index}>',
    '          {columns.map((column, place) =>',
    '            place === 0 ? (',
    '              <th key={column.key} scope="row" className={`cell-${column.type}`}>',
    '                {show(column, row[column.key])}',
    '              </th>',
    '            ) : (',
    '              <td key={column.key} className={`cell-${column.type}`}>',
    '                {show(column, row[column.key])}',
    '              </td>',
    '            ),',
    '          )}',
    ...(crud ? rowActions : []),
    '        </tr>',
    '      ))}',
    '    </tbody>',
    '  </table>',
    '</div>',
  ];
}

const rowActions = [
  '          <td>',
  '            <div className="actions">',
  '              <button type="button" aria-label={`Edit ${nameOf(row)}`} onClick={() => openEditor(row)}>',
  '                Edit',
  '              </button>',
  '              <button type="button" aria-label={`Delete ${nameOf(row)}`} onClick={() => askToDelete(row)}>',
  '                Delete',
  '              </button>',
  '            </div>',
  '          </td>',
];

function headers(spec: TableSpec): string[] {
  if (!sorts(spec))
    return [
      '{columns.map((column) => (',
      '  <th key={column.key} scope="col" className={`cell-${column.type}`}>',
      '    {column.label}',
      '  </th>',
      '))}',
    ];
  const all = spec.columns.every((column) => column.sort);
  const button = ['<button type="button" onClick={() => sortBy(column.key)}>', '  {column.label}', '</button>'];
  return [
    '{columns.map((column) => (',
    '  <th',
    '    key={column.key}',
    '    scope="col"',
    '    className={`cell-${column.type}`}',
    "    aria-sort={sort.key !== column.key ? undefined : sort.descending ? 'descending' : 'ascending'}",
    '  >',
    ...(all
      ? button.map((line) => `    ${line}`)
      : [
          '    {column.sort ? (',
          ...button.map((line) => `      ${line}`),
          '    ) : (',
          '      column.label',
          '    )}',
        ]),
    '  </th>',
    '))}',
  ];
}

function pager(spec: TableSpec): string[] {
  if (spec.pageSize === null) return [];
  return [
    '<nav className="actions" aria-label="Pages">',
    '  <button type="button" disabled={current === 0} onClick={() => setPage(current - 1)}>',
    '    Previous',
    '  </button>',
    '  <span>',
    '    Page {current + 1} of {pages}',
    '  </span>',
    '  <button type="button" disabled={current === pages - 1} onClick={() => setPage(current + 1)}>',
    '    Next',
    '  </button>',
    '</nav>',
  ];
}

const dialogs = [
  '<dialog ref={editor} aria-label={editorTitle}>',
  '  <form key={edits ? data.indexOf(edited) : `new-${data.length}`} noValidate onSubmit={save}>',
  '    <h2>{editorTitle}</h2>',
  '    {columns.map((column) => (',
  '      <FieldRow',
  '        key={column.key}',
  '        field={column}',
  '        problem={problems[column.key]}',
  '        value={edits ? edited[column.key] : undefined}',
  '      />',
  '    ))}',
  '    <div className="actions">',
  '      <button className="primary">Save</button>',
  '      <button type="button" onClick={() => editor.current?.close()}>',
  '        Cancel',
  '      </button>',
  '    </div>',
  '  </form>',
  '</dialog>',
  '<dialog ref={confirmation} aria-label="Delete">',
  '  <h2>Delete {edited && nameOf(edited)}?</h2>',
  '  <div className="actions">',
  '    <button type="button" onClick={deleteEdited}>',
  '      Delete',
  '    </button>',
  '    <button type="button" onClick={() => confirmation.current?.close()}>',
  '      Cancel',
  '    </button>',
  '  </div>',
  '</dialog>',
];
