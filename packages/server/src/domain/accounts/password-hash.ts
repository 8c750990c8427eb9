import { hash, type Options, verify } from '@node-rs/argon2'

/** How dear one guess is. */
export interface PasswordCost {
  memoryKiB: number
  passes: number
  lanes: number
}

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane; about 25 ms on one core. */
export const PASSWORD_COST: PasswordCost = { memoryKiB: 19_456, passes: 2, lanes: 1 }

/** argon2id with its parameters and salt in the text (PHC form), so the cost can be raised later without a migration. */
export async function hashPassword(password: string, cost: PasswordCost = PASSWORD_COST): Promise<string> {
  return hash(password, toOptions(cost))
}

/** Off the main thread. Answers false, and never throws, when what is stored is no argon2 hash. */
export async function isPasswordOf(storedHash: string, password: string): Promise<boolean> {
  try {
    return await verify(storedHash, password)
  } catch {
    return false
  }
}

const ARGON2ID = 2

function toOptions({ memoryKiB, passes, lanes }: PasswordCost): Options {
  return { algorithm: ARGON2ID, memoryCost: memoryKiB, timeCost: passes, parallelism: lanes }
}
