import path from 'node:path';
import ts from 'typescript';
import { lineOf, parse, walk, type SourceFile } from './sourceTree.ts';

export interface Import {
  /** Where it stands, as `file:line`. */
  at: string;
  from: string;
  /** A path in the checkout for a relative import, else the specifier as written. */
  to: string;
  relative: boolean;
  /** Gone after the types are stripped. */
  typeOnly: boolean;
}

const INSTALLED = 'node_modules/';

/** Every import and re-export of a file, static or dynamic. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  for (const node of walk(parse(file))) {
    const specifier = specifierOf(node);
    if (specifier === undefined) continue;
    const place = path.posix.join(path.posix.dirname(file.path), specifier);
    // A path into node_modules is the package that it leads to.
    const relative = specifier.startsWith('.') && !place.startsWith(INSTALLED);
    const to = relative ? place : specifier.startsWith('.') ? place.slice(INSTALLED.length) : specifier;
    found.push({ at: `${file.path}:${lineOf(node)}`, from: file.path, to, relative, typeOnly: isTypeOnly(node) });
  }
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportTypeNode(node);
}
