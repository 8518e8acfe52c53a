import { App, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { derivedName, physicalName, stableName } from '../../src/private/names';

/** The name of a construct below a stack of the given name. */
const nameBelow = (stackName: string, ...ids: string[]) =>
  stableName(ids.reduce<Construct>((scope, id) => new Construct(scope, id), new Stack(new App(), stackName)), 40);

test('a name is stack name, path and a hash of both', () => {
  expect(nameBelow('Data', 'Cache')).toBe('data-cache-a610ade3');
});

test('a name that was given is stored in lower case, and a token as it is', () => {
  const scope = new Construct(new Stack(new App(), 'Data'), 'Cache');
  const token = Lazy.string({ produce: () => 'Later' });
  expect(physicalName(scope, 'Shop-Cache', 40)).toBe('shop-cache');
  expect(physicalName(scope, token, 40)).toBe(token);
  expect(physicalName(scope, undefined, 40)).toBe('data-cache-a610ade3');
});

test('capitals, underscores and rows of other characters become lower case and single hyphens', () => {
  expect(nameBelow('MyData', 'Shop_Cart..Cache-')).toMatch(/^mydata-shop-cart-cache-[0-9a-f]{8}$/);
});

test('digits in front are left out, for a name begins with a letter', () => {
  expect(nameBelow('Data', '1st')).toMatch(/^data-1st-[0-9a-f]{8}$/);
  expect(stableName(new Construct(new Stack(new App(), 'A', { stackName: 'B-2' }), '7'), 40)).toMatch(/^b-2-7-[0-9a-f]{8}$/);
});

test('a long path is cut to 40 characters without a hyphen in front of the hash', () => {
  const name = nameBelow('A-very-long-name-of-the-data', 'Sessions-of-all-shops', 'Cluster');
  expect(name).toHaveLength(40);
  expect(name).toMatch(/^a-very-long-name-of-the-data-se-[0-9a-f]{8}$/);
  expect(nameBelow('A-very-long-name-of-the-data--ab', 'Cache')).not.toContain('--');
});

test('paths that read alike have names of their own', () => {
  expect(nameBelow('Data', 'Cache')).not.toBe(nameBelow('data', 'cache'));
  expect(nameBelow('A-very-long-name-of-the-data-stack', 'One')).not.toBe(nameBelow('A-very-long-name-of-the-data-stack', 'Two'));
});

test('the name of the stack counts, not its place in the app', () => {
  const app = new App();
  expect(stableName(new Construct(new Stack(new Construct(app, 'Elsewhere'), 'Stack', { stackName: 'Data' }), 'Cache'), 40)).toBe('data-cache-a610ade3');
});

test('a stage is part of the stack name', () => {
  const stage = new Stage(new App(), 'Prod');
  expect(stableName(new Construct(new Stack(stage, 'Data'), 'Cache'), 40)).toMatch(/^prod-data-cache-[0-9a-f]{8}$/);
});

test('a nested stack, whose name only CloudFormation knows, is part of the path', () => {
  const nameIn = (stackName: string) => stableName(new Construct(new NestedStack(new Stack(new App(), 'Data', { stackName }), 'Stores'), 'Cache'), 40);
  expect(nameIn('Data')).toMatch(/^data-stores-cache-[0-9a-f]{8}$/);
  expect(nameIn('Data-two')).toMatch(/^data-two-stores-cache-[0-9a-f]{8}$/);
});

test('a derived name is cut, and told apart by a hash, only where it is too long', () => {
  expect(derivedName('data-cache-a610ade3', 'Shop_App', 40)).toBe('data-cache-a610ade3-shop-app');
  expect(derivedName('c'.repeat(36), 'app', 40)).toBe(`${'c'.repeat(36)}-app`);
  expect(derivedName('c'.repeat(37), 'app', 40)).toMatch(/^c{31}-[0-9a-f]{8}$/);
  expect(derivedName('c'.repeat(40), 'app', 40)).not.toBe(derivedName('c'.repeat(40), 'default', 40));
});

test('what is unknown yet stays in a derived name, and an unknown suffix is left out of it', () => {
  const token = Lazy.string({ produce: () => 'later' });
  expect(derivedName(token, 'app', 5)).toBe(`${token}-app`);
  expect(derivedName('cache', token, 40)).toBe('cache-user');
  expect(derivedName('cache', '__', 40)).toBe('cache-user');
});
