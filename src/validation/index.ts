export * from './data-tier-validations';
