import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

interface Docs { readonly summary?: string; readonly remarks?: string; readonly default?: string }

/** What a value is. */
export interface TypeReference { readonly fqn?: string; readonly primitive?: string; readonly collection?: { readonly elementtype: TypeReference } }
interface Value { readonly name: string; readonly type: TypeReference; readonly optional?: boolean; readonly docs?: Docs }
/** A property or a method; `overrides` names the type of which it implements a member. */
export interface Member { readonly name: string; readonly const?: boolean; readonly overrides?: string }
interface Property extends Value, Member {}
interface Method extends Member { readonly docs?: Docs; readonly parameters?: Value[]; readonly returns?: { readonly type: TypeReference } }

/** A class, interface or enum that users see. */
export interface Type {
  readonly assembly: string;
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: Property[];
  readonly methods?: Method[];
  readonly members?: Value[];
  readonly initializer?: { readonly parameters?: Value[] };
}

/** What jsii wrote about the public API when the library was compiled: this one, or the one of a package. */
export function readTypes(folder: string = join(__dirname, '..')): Type[] {
  const file = join(folder, '.jsii');
  if (!existsSync(file)) throw new Error('There is no .jsii: compile the library by `npx jsii` first.');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const assembly = schema.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString()) : schema;
  return Object.values<Type>(assembly.types);
}
