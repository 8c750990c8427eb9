import type { ChannelAbilities, Message } from '@parley/protocol/model'
import { createContext, type RefObject, useContext } from 'react'
import type { ShownMessage } from '../shown-messages.ts'

/** What a message needs of the conversation it stands in. */
export interface ThreadTools {
  /** For sentences that name the actor. */
  channelTitle: string
  /** What can be done from here; nothing where the channel is disconnected. */
  can: Pick<ChannelAbilities, 'reactions' | 'quotes'> & { comments: boolean }
  /** Scrolls to a message and marks it for a moment; looks for it further back when it is not loaded. */
  jumpTo: (messageId: string) => void
  /** Opens a picture or a video at full size. */
  openPicture: (messageId: string) => void
  /** The message whose actions take the keyboard as soon as they are drawn. */
  focusRequest: RefObject<string | null>
  /** Moves the keyboard from the actions of one message to those of the one above (-1) or below (1). */
  moveFocus: (messageId: string, by: -1 | 1) => void
}

const NOWHERE: ThreadTools = {
  channelTitle: '',
  can: { reactions: [], quotes: false, comments: false },
  jumpTo() {},
  openPicture() {},
  focusRequest: { current: null },
  moveFocus() {},
}

export const ThreadToolsContext = createContext<ThreadTools>(NOWHERE)
export const useThreadTools = () => useContext(ThreadToolsContext)

/** Is there anything that can be done with a message from here. */
export const hasActions = (message: ShownMessage, can: ThreadTools['can']): boolean =>
  message.text !== '' || (message.waiting === undefined && (can.reactions.length > 0 || canAnswer(message, can)))

/** An answer to a comment is a comment, whether or not the messenger knows quotes. */
export const canAnswer = (message: Pick<Message, 'post'>, can: Omit<ThreadTools['can'], 'reactions'>): boolean =>
  can.quotes || (can.comments && message.post !== undefined)
