import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A request's parameters as they arrive: everything is text. */
export type FormValue = string | { readonly [name: string]: FormValue };

/** Reads `a[b][0]=c` into objects. */
export function readForm(text: string): FormValue {
  const root: Record<string, FormValue> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const keys = name.split(/[[\]]+/).filter((key) => key !== '');
    let at: Record<string, FormValue> = root;
    for (const key of keys.slice(0, -1)) {
      const next = at[key];
      const inner = typeof next === 'object' ? { ...next } : {};
      at[key] = inner;
      at = inner;
    }
    at[keys.at(-1) ?? ''] = value;
  }
  return root;
}

/**
 * The first parameter that Stripe would refuse, by the type declarations of its own package; null if all are right.
 * `file` is below the package's resources, and `name` an interface in it.
 */
export function refusedParameter(file: string, name: string, value: FormValue): string | null {
  const found = declarationsOf(`resources/${file}.d.ts`).get(name);
  if (found === undefined) throw new Error(`${file} declares no ${name}`);
  return new Checker(`resources/${file}.d.ts`).check(found, value, '');
}

interface Declared {
  readonly scope: readonly string[];
  readonly node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
}

const known = new Map<string, Map<string, Declared>>();

/** Every interface and type of a file, by its name with its namespaces. */
function declarationsOf(file: string): Map<string, Declared> {
  const made = known.get(file);
  if (made !== undefined) return made;
  const found = new Map<string, Declared>();
  const text = readFileSync(path.resolve(import.meta.dirname, '../../node_modules/stripe/esm', file), 'utf8');
  const visit = (node: ts.Node, scope: readonly string[]): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      found.set([...scope, node.name.text].join('.'), { scope: [...scope, node.name.text], node });
    }
    if (ts.isModuleDeclaration(node)) {
      ts.forEachChild(node, (child) => {
        visit(child, [...scope, node.name.text]);
      });
    } else if (ts.isModuleBlock(node) || ts.isSourceFile(node)) {
      ts.forEachChild(node, (child) => {
        visit(child, scope);
      });
    }
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), []);
  known.set(file, found);
  return found;
}

/** Checks values against the declarations of one file and of what all files share. */
class Checker {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  check({ node, scope }: Declared, value: FormValue, at: string): string | null {
    if (ts.isTypeAliasDeclaration(node)) return this.#type(node.type, value, { scope, at });
    if (typeof value === 'string') return `${at}: no object`;
    const members = this.#members({ node, scope });
    if (members === 'any') return null;
    for (const [name, inner] of Object.entries(value)) {
      const member = members.get(name);
      if (member?.type === undefined) return `${at}${name}: unknown parameter`;
      const refused = this.#type(member.type, inner, { scope, at: `${at}${name}.` });
      if (refused !== null) return refused;
    }
    const missing = [...members].find(([name, { questionToken }]) => !questionToken && !(name in value));
    return missing === undefined ? null : `${at}${missing[0]}: missing`;
  }

  /** An interface's own and inherited members; `any` where every name is one. */
  #members({ node, scope }: Declared): Map<string, ts.PropertySignature> | 'any' {
    const members = new Map<string, ts.PropertySignature>();
    if (!ts.isInterfaceDeclaration(node)) return members;
    for (const base of node.heritageClauses?.flatMap(({ types }) => [...types]) ?? []) {
      const inherited = this.#members(this.#resolve(base.expression.getText(), scope));
      if (inherited !== 'any') for (const [name, member] of inherited) members.set(name, member);
    }
    for (const member of node.members) {
      if (ts.isIndexSignatureDeclaration(member)) return 'any';
      if (ts.isPropertySignature(member)) members.set(member.name.getText(), member);
    }
    return members;
  }

  #type(type: ts.TypeNode, value: FormValue, where: { scope: readonly string[]; at: string }): string | null {
    const wrong = `${where.at.slice(0, -1)}: ${JSON.stringify(value)} is no ${type.getText()}`;
    if (ts.isUnionTypeNode(type)) {
      const refused = type.types.map((each) => this.#type(each, value, where));
      return refused.includes(null) ? null : (refused.find((each) => each !== wrong) ?? wrong);
    }
    if (ts.isLiteralTypeNode(type)) {
      return ts.isStringLiteral(type.literal) && type.literal.text === value ? null : wrong;
    }
    if (ts.isTypeReferenceNode(type)) return this.#reference(type, value, where);
    if (typeof value !== 'string') return wrong;
    if (type.kind === ts.SyntaxKind.StringKeyword) return null;
    if (type.kind === ts.SyntaxKind.NumberKeyword) return /^-?\d+(\.\d+)?$/.test(value) ? null : wrong;
    if (type.kind === ts.SyntaxKind.BooleanKeyword) return /^(true|false)$/.test(value) ? null : wrong;
    throw new Error(`${type.getText()} is not understood`);
  }

  #reference(type: ts.TypeReferenceNode, value: FormValue, where: { scope: readonly string[]; at: string }) {
    const name = type.typeName.getText();
    const [argument] = type.typeArguments ?? [];
    // What a later version of Stripe may know, this one does not.
    if (name === 'OtherString') return `${where.at.slice(0, -1)}: ${JSON.stringify(value)} is no value of today`;
    if (name === 'Emptyable' && argument) return value === '' ? null : this.#type(argument, value, where);
    if (name === 'Array' && argument) {
      if (typeof value === 'string') return `${where.at}: no list`;
      const refused = Object.entries(value).map(([index, each]) =>
        /^\d+$/.test(index)
          ? this.#type(argument, each, { ...where, at: `${where.at}${index}.` })
          : `${where.at}${index}: no index`,
      );
      return refused.find((each) => each !== null) ?? null;
    }
    return this.check(this.#resolve(name, where.scope), value, where.at);
  }

  #resolve(name: string, scope: readonly string[]): Declared {
    const own = declarationsOf(this.#file);
    for (let depth = scope.length; depth >= 0; depth -= 1) {
      const found = own.get([...scope.slice(0, depth), name].join('.'));
      if (found !== undefined) return found;
    }
    const shared = declarationsOf('shared.d.ts').get(name);
    if (shared === undefined) throw new Error(`${name} is declared nowhere`);
    return shared;
  }
}
