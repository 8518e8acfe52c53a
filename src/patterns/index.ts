export * from './session-capacity';
export * from './session-store';
