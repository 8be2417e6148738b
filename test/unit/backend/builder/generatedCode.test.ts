import assert from 'node:assert/strict';
import { Script } from 'node:vm';
import prettier from 'prettier';
import ts from 'typescript';
import type { PageSpec } from '../../../../src/backend/models/builder/pageSpec.ts';
import { readRequest } from '../../../../src/backend/models/builder/readRequest.ts';
import { recoverPage } from '../../../../src/backend/models/builder/recoverPage.ts';
import { writeHtmlPage } from '../../../../src/backend/models/builder/writeHtmlPage.ts';
import { placeTsxPage, writeTsxPage } from '../../../../src/backend/models/builder/writeTsxPage.ts';
import { requestSentences } from './requestSentences.ts';

const specs = requestSentences.flatMap(([said]): [string, PageSpec][] => {
  const reading = readRequest(said);
  return reading.kind === 'create' ? [[said, reading.spec]] : [];
});
const style = { singleQuote: true, printWidth: 120, trailingComma: 'all' } as const;
/** What browsers declare globally and a script can't declare again. */
const taken = /^(?:const|let|function) (?:top|window|document|location)\b/m;

describe('the code that builder writes', () => {
  for (const [said, spec] of specs) {
    const files = writeHtmlPage(spec);
    const component = placeTsxPage(spec, []);
    const components = writeTsxPage(spec, component);
    const named = `for “${said.slice(0, 60)}”`;

    it(`is formatted as prettier would ${named}`, async () => {
      for (const file of [...files, ...components]) {
        assert.ok(await prettier.check(file.content, { ...style, filepath: file.path }), file.path);
      }
    });

    it(`is a script that parses and turns no data into markup ${named}`, () => {
      const script = files.find((file) => file.path.endsWith('.js'))?.content ?? '';
      assert.doesNotThrow(() => new Script(script));
      for (const file of [...files, ...components]) {
        assert.doesNotMatch(
          file.content,
          /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|eval\(/,
        );
        assert.doesNotMatch(file.content, taken);
      }
    });

    it(`can be read back ${named}`, () => {
      const [html, , js] = files;
      const [tsx] = components;
      assert.ok(html && js && tsx);
      const name = spec.name;
      assert.deepEqual(writeHtmlPage(recovered({ name, code: js.content, markup: html.content })), files);
      assert.deepEqual(
        writeTsxPage(recovered({ name, code: tsx.content, markup: tsx.content }), component),
        components,
      );
    });
  }

  it('is strict TypeScript as a component', function () {
    this.timeout(60_000);
    const written = specs.flatMap(([, spec], index) => {
      const place = placeTsxPage(spec, []);
      return writeTsxPage(spec, { ...place, folder: `generated/${index}/` }).filter((file) =>
        file.path.endsWith('.tsx'),
      );
    });
    const found = problemsIn(new Map(written.map((file) => [file.path, file.content])));
    assert.deepEqual(found, []);
  });
});

function recovered(source: Parameters<typeof recoverPage>[0]): PageSpec {
  const spec = recoverPage(source);
  assert.ok(spec, 'not read back');
  return spec;
}

/** What the compiler says about files that exist only in memory. */
function problemsIn(sources: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noUncheckedSideEffectImports: false,
    jsx: ts.JsxEmit.ReactJSX,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, language, ...rest) => {
    const text = sources.get(file);
    return text === undefined ? getSourceFile(file, language, ...rest) : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((problem) => {
    const line =
      problem.file && problem.start !== undefined
        ? problem.file.text.slice(problem.start - 40, problem.start + 60)
        : '';
    return `${problem.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')} at ${line}`;
  });
}
