import { join } from 'node:path';
import * as ts from 'typescript';
import { readTypes, Type } from '../test/api';

/**
 * What of the public API a TypeScript program does not use. The programs prove that the API reads the same in every language only as far as they
 * use it.
 */
export function unusedApi(packageFolder: string, programFolder: string): string[] {
  const used = usedNames(programFolder);
  return readTypes(packageFolder).flatMap(namesOf).filter(name => !used.has(name));
}

/**
 * Of an enum and of constants one stands for all; interfaces are used through the classes that implement them, and what implements an interface of
 * aws-cdk-lib is used by aws-cdk-lib.
 */
function namesOf({ assembly, name, kind, datatype, initializer, methods = [], properties = [] }: Type): string[] {
  if (kind === 'enum') return [name];
  if (kind === 'interface' && !datatype) return [];
  return [
    ...initializer || properties.some(prop => prop.const) ? [name] : [],
    ...[...properties.filter(prop => !prop.const), ...methods]
      .filter(({ overrides }) => !overrides || overrides.startsWith(`${assembly}.`))
      .map(member => `${name}.${member.name}`),
  ];
}

/** Every type, and every member as `Type.member`, that is used. */
function usedNames(folder: string): Set<string> {
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, folder);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const used = new Set<string>();
  const useMember = (type: ts.Type, member: string): void => {
    const name = checker.getNonNullableType(type).symbol?.name;
    if (name) used.add(name).add(`${name}.${member}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) useMember(checker.getTypeAtLocation(node.expression), node.name.text);
    if (ts.isNewExpression(node)) used.add(node.expression.getText());
    if (ts.isObjectLiteralElementLike(node) && node.name && ts.isObjectLiteralExpression(node.parent)) {
      const struct = checker.getContextualType(node.parent);
      const prop = struct && checker.getNonNullableType(struct).getProperty(node.name.getText());
      for (const declaration of prop?.declarations ?? []) useMember(checker.getTypeAtLocation(declaration.parent), node.name.getText());
    }
    ts.forEachChild(node, visit);
  };
  fileNames.forEach(file => visit(program.getSourceFile(file)!));
  return used;
}
