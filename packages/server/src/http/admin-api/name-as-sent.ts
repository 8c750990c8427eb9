import { AppError } from '../../lib/app-error.ts'

/** Where the wire's word is not simply the domain's in snake_case. */
const NAMES: Record<string, string> = { accountIds: 'accounts' }

/** The domain refuses `ownerEmail: …`; whoever called sent `owner_email`. */
export async function nameAsSent<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const field = error instanceof AppError ? error.details.field : undefined
    if (!(error instanceof AppError) || typeof field !== 'string') throw error
    const sent = NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const message = error.message.startsWith(`${field}:`) ? sent + error.message.slice(field.length) : error.message
    throw new AppError(error.code, message, { cause: error, details: { ...error.details, field: sent } })
  }
}
