import type { User } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { usersQuery } from '../people/queries.ts'

const NOBODY: readonly User[] = []

/** Who works here, by name; empty until that is known. */
export const useUsers = (enabled = true): readonly User[] => useQuery({ ...usersQuery, enabled }).data ?? NOBODY
