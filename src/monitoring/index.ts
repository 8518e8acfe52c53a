export * from './alarm-options';
export * from './dashboard';
export * from './dashboard-section';
