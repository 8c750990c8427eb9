import type { SignUpRequest, SubdomainAnswer } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { checkSubdomain, createAccount } from '../accounts/create-account.ts'
import type { PasswordCost } from '../accounts/password-hash.ts'
import type { Deps } from '../deps.ts'
import { findMember, type OpenedSession, openSession } from './log-in.ts'
import type { Visitor } from './visitor.ts'

type SignUpDeps = Pick<Deps, 'db' | 'clock' | 'nudge'> & { passwordCost?: PasswordCost }

/** Names that an operator, or this server, may want for other things than an account. */
const RESERVED = new Set([
  'www',
  'api',
  'app',
  'mail',
  'smtp',
  'admin',
  'files',
  'static',
  'assets',
  'cdn',
  'status',
  'help',
])

/**
 * Makes an account with its first admin, who is logged in.
 * @throws {AppError} `invalid_request` names the field; `conflict` when the subdomain is taken
 */
export async function signUp(deps: SignUpDeps, given: SignUpRequest, visitor: Visitor): Promise<OpenedSession> {
  refuseReserved(given.subdomain)
  const account = await createAccount(deps, {
    name: given.company,
    subdomain: given.subdomain,
    ownerName: given.name,
    ownerEmail: given.email,
    ownerPassword: given.password,
    timeZone: given.timeZone,
    language: given.language ?? undefined,
    ...(visitor.address !== null && { address: visitor.address }),
  }).catch(nameAsGiven)
  const me = await findMember(deps.db, account.id, account.owner.id)
  if (!me) throw new Error('A new account has lost its owner.')
  return openSession(deps, me, visitor, 'sign_up')
}

/** Looked at while it is being typed. */
export async function askSubdomain({ db }: Pick<Deps, 'db'>, given: string): Promise<SubdomainAnswer> {
  const subdomain = given.trim().toLowerCase()
  try {
    checkSubdomain(subdomain)
    refuseReserved(subdomain)
  } catch (error) {
    if (error instanceof AppError) return { isFree: false, reason: error.message.replace(/^subdomain: /, '') }
    throw error
  }
  const row = await db.selectFrom('account').select('id').where('subdomain', '=', subdomain).executeTakeFirst()
  return row ? { isFree: false, reason: `${subdomain} is taken.` } : { isFree: true, reason: null }
}

function refuseReserved(subdomain: string): void {
  if (!RESERVED.has(subdomain)) return
  throw new AppError('conflict', `subdomain: ${subdomain} is taken.`, { details: { field: 'subdomain' } })
}

const NAMES: Record<string, string> = {
  name: 'company',
  ownerName: 'name',
  ownerEmail: 'email',
  ownerPassword: 'password',
}

/** The form calls the fields otherwise than the domain does. */
function nameAsGiven(error: unknown): never {
  const field = error instanceof AppError ? error.details.field : undefined
  const name = typeof field === 'string' ? NAMES[field] : undefined
  if (!(error instanceof AppError) || name === undefined) throw error
  const message = error.message.replace(`${String(field)}:`, `${name}:`)
  throw new AppError(error.code, message, { cause: error, details: { ...error.details, field: name } })
}
