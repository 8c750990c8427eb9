import type { ReactionRequest } from '@parley/protocol/wire'
import type { ChannelReaction } from '../domain/reactions/react-from-channel.ts'
import { AppError } from '../lib/app-error.ts'

/**
 * A channel's reaction in our words.
 * @param inPath the message id of the older path, whose ever it is
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export function toReaction(request: ReactionRequest, inPath: string | undefined): ChannelReaction {
  const { conversation_id, conversation_ref_id, msgid, id, user, type, emoji } = request
  if (conversation_id === undefined && conversation_ref_id === undefined) throw invalid('conversation_id: is missing')
  const given = [id, msgid].filter((each) => each !== undefined)
  if (given.length === 0 && inPath === undefined) throw invalid('msgid: is missing')
  const isElsewhere = inPath !== undefined && !given.some((each) => each.toLowerCase() === inPath.toLowerCase())
  if (given.length > 0 && isElsewhere) throw invalid('msgid: differs from the message id in the path')
  return {
    chat: { clientId: conversation_id, id: conversation_ref_id },
    message: { id, msgid, either: given.length === 0 ? inPath : undefined },
    user: { clientId: user.id, id: user.ref_id },
    type,
    emoji,
  }
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
