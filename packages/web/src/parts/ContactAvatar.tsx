import type { ContactRow } from '@parley/protocol/model'
import { Avatar } from './Avatar.tsx'

interface Props {
  contact: Pick<ContactRow, 'id' | 'name' | 'avatarUrl'>
  /** What its hue is made of where it stands beside its own conversation; else its id. */
  seed?: string
  size?: number
}

/** A contact, by the picture of its messenger where there is one. */
export const ContactAvatar = ({ contact: { id, name, avatarUrl }, seed = String(id), size = 32 }: Props) => (
  <Avatar name={name} seed={seed} size={size} pictureUrl={avatarUrl} />
)
