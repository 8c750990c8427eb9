import type { Tag, User } from '@parley/protocol/model'

export const userName = (users: readonly User[], id: number): string | undefined =>
  users.find((user) => user.id === id)?.name

export const tagName = (tags: readonly Tag[], id: number): string | undefined => tags.find((tag) => tag.id === id)?.name
