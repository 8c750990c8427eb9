export { type Config, type HookFault, loadConfig } from './config.ts'
export { StartError } from './lib/start-error.ts'
export { type RunningServer, startServer } from './start-server.ts'
export type { Sandbox } from './startup/sandbox.ts'
