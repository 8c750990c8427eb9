export * from './ids.ts'
export * from './realtime.ts'
export * from './requests.ts'
export * from './shapes.ts'
