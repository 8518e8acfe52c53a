export * from './common';
export * from './catalog';
export * from './monitoring';
export * from './cache';
export * from './patterns';
export * from './validation';
