import type { Chat, ChatDetails, ChatId, InboxView, Me } from '@parley/protocol/model'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { BookOpen, Languages, ListFilter, LogOut, SunMoon, Zap } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { loadedRows } from '../../data/inbox/chat-blocks.ts'
import { listViews } from '../../data/inbox/endpoints.ts'
import { listsIn } from '../../data/inbox/list-cache.ts'
import { useMe } from '../../data/queries.ts'
import { keys } from '../../data/query-keys.ts'
import { LANGUAGE_CODES, LANGUAGES } from '../../i18n/languages.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { keysOf, type Shortcut } from '../../parts/shortcuts/find-shortcuts.ts'
import { listShortcuts } from '../../parts/shortcuts/registry.ts'
import { SECTIONS as SETTINGS } from '../../scenes/settings/sections.ts'
import { listScenes } from '../scenes.ts'
import { THEMES } from '../theme.ts'
import { usePreferenceSetters } from '../use-preferences.ts'
import { useLogOut } from '../use-session.ts'
import { chatCommands } from './chat-commands.tsx'
import type { PaletteItem } from './palette-item.ts'
import { useRecentChats } from './recent-chats.ts'

/** Everything that can be done or gone to without asking the server what there is. */
export function useLocalItems(): PaletteItem[] {
  const client = useQueryClient()
  const navigate = useNavigate()
  const me = useMe()
  const { c } = useSearch({ strict: false }) as { c?: ChatId }
  const views = useViews()
  const ids = useRecentChats((state) => state.ids)
  const logOut = useLogOut()
  const preferences = useRef(usePreferenceSetters())
  return useMemo(() => {
    const go = (href: string) => void navigate({ href })
    const scenes = listScenes(me)
    const details = c === undefined ? undefined : client.getQueryData<ChatDetails>(keys.chat(c))
    return [
      ...ids.filter((id) => id !== c).flatMap((id) => recentItem(client, id, go)),
      ...withoutDoubles(details ? chatCommands(client, details, me) : [], shortcutItems()),
      ...scenes.map(({ id, label, icon: Icon, key, to }) =>
        goItem(`scene-${id}`, t(label), () => go(to), { icon: <Icon aria-hidden="true" />, keys: `g ${key}` }),
      ),
      ...views.map((view) =>
        goItem(`view-${view.id}`, view.name, () => go(`/inbox?view=${view.id}`), {
          icon: <ListFilter aria-hidden="true" />,
          hint: t('palette.view'),
        }),
      ),
      ...settingsItems(me, go),
      // Beside the work, not instead of it.
      goItem('docs', t('palette.reference'), () => window.open('/docs', '_blank', 'noopener'), {
        icon: <BookOpen aria-hidden="true" />,
        also: 'API docs',
      }),
      themeItem(preferences.current),
      languageItem(preferences.current),
      {
        id: 'log-out',
        section: 'actions',
        label: t('user.logOut'),
        icon: <LogOut aria-hidden="true" />,
        act: { run: logOut },
      },
    ]
  }, [client, navigate, me, c, views, ids, logOut])
}

const goItem = (id: string, label: string, run: () => void, more: Partial<PaletteItem>): PaletteItem => ({
  id,
  section: 'go',
  label,
  act: { run },
  ...more,
})

/** The pages of the settings that this person may open. */
const settingsItems = (me: Me, go: (href: string) => void): PaletteItem[] =>
  SETTINGS.filter(({ isFor }) => isFor(me)).map(({ id, label, icon: Icon }) =>
    goItem(`settings-${id}`, t(label), () => go(`/settings/${id}`), {
      icon: <Icon aria-hidden="true" />,
      hint: t('nav.settings'),
    }),
  )

/** Views that were saved; none while they are on their way. */
function useViews() {
  const [views, setViews] = useState<readonly InboxView[]>([])
  useEffect(() => {
    listViews().then(
      ({ items }) => setViews(items),
      () => undefined,
    )
  }, [])
  return views
}

function recentItem(client: QueryClient, id: ChatId, go: (href: string) => void): PaletteItem[] {
  const chat = findChat(client, id)
  if (!chat) return []
  return [
    {
      id: `chat-${id}`,
      section: 'recent',
      label: chat.client.name,
      hint: chat.lastMessage?.text || chat.channel.title,
      icon: <Avatar name={chat.client.name} seed={id} size={24} pictureUrl={chat.client.avatarUrl} />,
      act: { run: () => go(`/inbox?c=${id}`) },
    },
  ]
}

function findChat(client: QueryClient, id: ChatId): Chat | undefined {
  const details = client.getQueryData<ChatDetails>(keys.chat(id))
  if (details) return details.chat
  const rows = listsIn(client).flatMap(loadedRows)
  return rows.find(({ chat }) => chat.id === id)?.chat
}

/** What the screens below offer now, each once; where they go is listed by itself. */
function shortcutItems(): PaletteItem[] {
  const once = new Map<string, Shortcut>()
  for (const shortcut of listShortcuts())
    if (shortcut.run && shortcut.group !== 'go' && shortcut.label !== 'keys.palette') once.set(shortcut.label, shortcut)
  return [...once.values()].map((shortcut) => ({
    id: `key-${shortcut.label}`,
    section: 'actions',
    label: t(shortcut.label),
    icon: <Zap aria-hidden="true" />,
    keys: keysOf(shortcut)[0],
    act: { run: () => shortcut.run?.() },
  }))
}

/** By what a command of the open conversation is called where a screen has a key for it: here it asks step by step. */
const SAME: Readonly<Record<string, string>> = { assign: 'key-keys.assign', move: 'key-lead.moveTo' }

function withoutDoubles(commands: readonly PaletteItem[], shortcuts: readonly PaletteItem[]): PaletteItem[] {
  const taken = new Map(commands.map((command) => [SAME[command.id], command]))
  const keyed = commands.map((command) => ({
    ...command,
    keys: shortcuts.find(({ id }) => id === SAME[command.id])?.keys,
  }))
  return [...keyed, ...shortcuts.filter(({ id }) => !taken.has(id))]
}

type Setters = ReturnType<typeof usePreferenceSetters>

const themeItem = ({ setTheme }: Setters): PaletteItem => ({
  id: 'theme',
  section: 'actions',
  label: t('palette.theme'),
  icon: <SunMoon aria-hidden="true" />,
  act: {
    step: {
      title: t('palette.theme'),
      load: async () =>
        THEMES.map((theme) => ({
          id: `theme-${theme}`,
          section: 'choices',
          label: t(`theme.${theme}`),
          act: { run: () => setTheme(theme) },
        })),
    },
  },
})

const languageItem = ({ setLanguage }: Setters): PaletteItem => ({
  id: 'language',
  section: 'actions',
  label: t('palette.language'),
  // Whoever cannot read this language finds it by his own.
  also: `Language Язык Idioma ${Object.values(LANGUAGES).join(' ')}`,
  icon: <Languages aria-hidden="true" />,
  act: {
    step: {
      title: t('palette.language'),
      load: async () =>
        LANGUAGE_CODES.map((code) => ({
          id: `language-${code}`,
          section: 'choices',
          label: LANGUAGES[code],
          act: { run: () => setLanguage(code) },
        })),
    },
  },
})
