/** The start failed for a reason the operator can mend. `message` is written for them, in one sentence; no stack is shown. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** The `code` of a system or PostgreSQL error (`EACCES`, `3D000`); undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
