export * from './common';
export * from './catalog';
export * from './cache';
export * from './patterns';
export * from './validation';
