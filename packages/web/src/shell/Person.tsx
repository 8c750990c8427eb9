import { useMe } from '../data/queries.ts'
import { t } from '../i18n/t.ts'
import { Avatar } from '../parts/Avatar.tsx'

/** Who is logged in, and where. */
export function Person() {
  const { user, account } = useMe()
  return (
    <div className="flex max-w-72 items-center gap-2.5 px-2.5 pt-2 pb-2.5">
      <Avatar name={user.name} seed={String(user.id)} size={32} pictureUrl={user.avatarUrl} />
      <div className="min-w-0">
        <p dir="auto" className="truncate font-semibold">
          {user.name}
        </p>
        <p className="truncate text-xs text-ink-3">
          {t(`user.${user.role}`)} · <bdi>{account.name}</bdi>
        </p>
      </div>
    </div>
  )
}
