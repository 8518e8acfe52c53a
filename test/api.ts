import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

interface Docs { readonly summary?: string; readonly remarks?: string; readonly default?: string }

/** What a value is. */
export interface TypeReference { readonly fqn?: string; readonly primitive?: string; readonly collection?: { readonly elementtype: TypeReference } }
interface Value { readonly name: string; readonly type: TypeReference; readonly optional?: boolean; readonly docs?: Docs }
interface Method { readonly name: string; readonly docs?: Docs; readonly parameters?: Value[]; readonly returns?: { readonly type: TypeReference } }

/** A class, interface or enum that users see. */
export interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: Value[];
  readonly methods?: Method[];
  readonly members?: Value[];
  readonly initializer?: { readonly parameters?: Value[] };
}

/** What jsii wrote about the public API when the library was compiled. */
export function readTypes(): Type[] {
  const file = join(__dirname, '..', '.jsii');
  if (!existsSync(file)) throw new Error('There is no .jsii: compile the library by `npx jsii` first.');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const assembly = schema.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString()) : schema;
  return Object.values<Type>(assembly.types);
}
