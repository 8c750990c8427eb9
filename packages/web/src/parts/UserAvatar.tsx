import type { UserId } from '@parley/protocol/model'
import { useColleague } from '../data/people/queries.ts'
import { Avatar } from './Avatar.tsx'

interface Props {
  user: { id: UserId; name: string }
  size?: number
}

/** A colleague, by photo where there is one. */
export function UserAvatar({ user, size = 22 }: Props) {
  const colleague = useColleague(user.id)
  return (
    <Avatar name={colleague?.name ?? user.name} seed={String(user.id)} size={size} pictureUrl={colleague?.avatarUrl} />
  )
}
