export * from './ids.ts'
export * from './realtime.ts'
export * from './requests/index.ts'
export * from './shapes/index.ts'
