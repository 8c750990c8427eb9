/** A string that can only name one kind of thing: passing a MessageId as a ChatId fails to compile. */
export type Id<Kind extends string> = string & { readonly kind: Kind }
/** The same for the CRM's integer ids. */
export type NumericId<Kind extends string> = number & { readonly kind: Kind }

/** A company: the number its people know. */
export type AccountId = NumericId<'account'>
export type UserId = NumericId<'user'>
export type RoleId = NumericId<'role'>
export type GroupId = NumericId<'group'>
export type ContactId = NumericId<'contact'>
export type LeadId = NumericId<'lead'>
export type PipelineId = NumericId<'pipeline'>
/** Stage ids repeat between pipelines: 142 is *won* and 143 *lost* in every one, as in the CRM API. */
export type StageId = NumericId<'stage'>
export type LossReasonId = NumericId<'loss_reason'>
export type TalkId = NumericId<'talk'>
export type NotificationId = NumericId<'notification'>
export type SourceId = NumericId<'source'>
export type TagId = NumericId<'tag'>
export type TaskId = NumericId<'task'>
export type InvitationId = NumericId<'invitation'>
export type AuditId = NumericId<'audit'>
export type TemplateId = NumericId<'template'>
export type ViewId = NumericId<'view'>
export type FieldId = NumericId<'field'>
export type MergeId = NumericId<'merge'>

export type ChannelId = Id<'channel'>
/** UUID v4: what the wire calls `client_id`. */
export type IntegrationId = Id<'integration'>
/** UUID v7. */
export type TokenFamilyId = Id<'token-family'>
/** The chat side's name of an account (UUID v4). */
export type AmojoId = Id<'amojo'>
/** UUID v7. */
export type ChatId = Id<'chat'>
/** UUID v7. */
export type MessageId = Id<'message'>
/** UUID v7. */
export type ParticipantId = Id<'participant'>
/** UUID v7. */
export type DeliveryId = Id<'delivery'>
/** UUID v7. */
export type ChannelRequestId = Id<'channel-request'>

/** UUID v7. */
export type BulkJobId = Id<'bulk-job'>

/** UUID v7. */
export type NoteId = Id<'note'>

/** UUID v4: who knows it may read the file. */
export type FileId = Id<'file'>

export const STAGE_WON = 142 as StageId
export const STAGE_LOST = 143 as StageId
