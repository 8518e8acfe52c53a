export * from './encryption';
export * from './link-options';
export * from './windows';
