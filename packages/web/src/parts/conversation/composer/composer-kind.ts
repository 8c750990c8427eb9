import type { ChatId, DraftKind } from '@parley/protocol/model'
import { create } from 'zustand'

/** What each chat's composer writes; most write replies and are not there. */
const useKinds = create<Readonly<Record<ChatId, DraftKind>>>()(() => ({}))

export const useComposerKind = (chatId: ChatId): DraftKind => useKinds((kinds) => kinds[chatId] ?? 'reply')

export const setComposerKind = (chatId: ChatId, kind: DraftKind): void => useKinds.setState({ [chatId]: kind })
